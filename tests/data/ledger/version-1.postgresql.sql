CREATE TABLE public.perfxl_findings (
    result bigint NOT NULL,
    form integer NOT NULL,
    number integer NOT NULL,
    rule text NOT NULL,
    severity text NOT NULL,
    verdict text NOT NULL,
    sheet text NOT NULL,
    cell text,
    field text NOT NULL,
    claimed text,
    lo double precision,
    hi double precision,
    clause text NOT NULL,
    message text NOT NULL,
    follows integer NOT NULL
);

CREATE TABLE public.perfxl_forms (
    result bigint NOT NULL,
    number integer NOT NULL,
    place text NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    project text NOT NULL,
    year integer,
    kind text NOT NULL,
    policy text NOT NULL,
    claimed double precision,
    lo double precision,
    hi double precision,
    recomputed double precision,
    difference double precision,
    proven double precision NOT NULL,
    claimed_grade text NOT NULL,
    grade text NOT NULL,
    errors integer NOT NULL,
    warnings integer NOT NULL,
    notes integer NOT NULL,
    summary text NOT NULL,
    record bytea NOT NULL
);

CREATE TABLE public.perfxl_results (
    id bigint NOT NULL,
    content character varying(64) NOT NULL,
    rules character varying(16) NOT NULL,
    name text NOT NULL,
    code text,
    reason text,
    no_copy text,
    copy_digest character varying(64) NOT NULL,
    final boolean NOT NULL,
    made_at timestamp with time zone NOT NULL
);

CREATE SEQUENCE public.perfxl_results_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.perfxl_results_id_seq OWNED BY public.perfxl_results.id;

CREATE TABLE public.perfxl_rules (
    digest character varying(16) NOT NULL,
    perfxl text NOT NULL,
    policy text NOT NULL,
    language text NOT NULL,
    vocabulary character varying(16) NOT NULL,
    policies character varying(16) NOT NULL,
    first_used timestamp with time zone NOT NULL
);

CREATE TABLE public.perfxl_seen (
    id bigint NOT NULL,
    folder text NOT NULL,
    path text NOT NULL,
    name text NOT NULL,
    size bigint,
    mtime bigint,
    ctime bigint,
    settled boolean NOT NULL,
    content character varying(64) NOT NULL,
    result bigint,
    copy text,
    same_as text,
    seen_at timestamp with time zone NOT NULL
);

CREATE SEQUENCE public.perfxl_seen_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.perfxl_seen_id_seq OWNED BY public.perfxl_seen.id;

CREATE TABLE public.perfxl_version (
    version integer NOT NULL
);

CREATE SEQUENCE public.perfxl_version_version_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.perfxl_version_version_seq OWNED BY public.perfxl_version.version;

ALTER TABLE ONLY public.perfxl_results ALTER COLUMN id SET DEFAULT nextval('public.perfxl_results_id_seq'::regclass);

ALTER TABLE ONLY public.perfxl_seen ALTER COLUMN id SET DEFAULT nextval('public.perfxl_seen_id_seq'::regclass);

ALTER TABLE ONLY public.perfxl_version ALTER COLUMN version SET DEFAULT nextval('public.perfxl_version_version_seq'::regclass);

INSERT INTO public.perfxl_findings VALUES (1, 0, 0, 'indicator-score', 'error', '不符', '自评表', 'H10', 'score', '20', 18, 18, '财预〔2020〕10号 定量指标', '“养护里程2”自评 20 分，应得 18.00 分（20 × 90公里 ÷ 100公里），多计 2.00 分；依据 财预〔2020〕10号 定量指标', 1);
INSERT INTO public.perfxl_findings VALUES (1, 0, 1, 'missing-reason', 'warning', '不符', '自评表', 'I10', 'reason', NULL, NULL, NULL, '财预〔2020〕10号 定量指标', '“养护里程2”（目标 ≥100公里，实际 90公里）未达到目标，未说明原因；依据 财预〔2020〕10号 定量指标', 0);
INSERT INTO public.perfxl_findings VALUES (1, 0, 2, 'clue-execution', 'note', '无法判定', '自评表', 'H5', 'rate', NULL, NULL, NULL, '绩效自评审核要点（线索，不作为问题）', '预算执行率 50.00%，指标得分率 100.00%，两者偏离 50.00%，未执行的预算占 50.00%；请核对产出是否属实、预算是否偏高；依据 绩效自评审核要点（线索，不作为问题）', 0);
INSERT INTO public.perfxl_findings VALUES (3, 0, 0, 'clue-execution', 'note', '无法判定', '自评表', 'H5', 'rate', NULL, NULL, NULL, '绩效自评审核要点（线索，不作为问题）', '预算执行率 50.00%，指标得分率 100.00%，两者偏离 50.00%，未执行的预算占 50.00%；请核对产出是否属实、预算是否偏高；依据 绩效自评审核要点（线索，不作为问题）', 0);
INSERT INTO public.perfxl_findings VALUES (4, 0, 0, 'clue-execution', 'note', '无法判定', '自评表', 'H5', 'rate', NULL, NULL, NULL, '绩效自评审核要点（线索，不作为问题）', '预算执行率 50.00%，指标得分率 100.00%，两者偏离 50.00%，未执行的预算占 50.00%；请核对产出是否属实、预算是否偏高；依据 绩效自评审核要点（线索，不作为问题）', 0);

INSERT INTO public.perfxl_forms VALUES (1, 0, '自评表!A1', '清河县公路站', '清河县公路站', '道路养护项目', 2023, 'project', 'ministry', 95, 93, 93, 93, 2, 2, '', '优', 1, 1, 0, '{"place": "自评表!A1", "name": "清河县公路站", "unit": "清河县公路站", "project": "道路养护项目", "year": 2023, "kind": "project", "policy": "ministry", "claimed": [95, 1], "lo": [93, 1], "hi": [93, 1], "recomputed": [93, 1], "difference": [2, 1], "proven": [2, 1], "scored": true, "claimed_grade": "", "grade": "优", "errors": 1, "warnings": 1, "notes": 0, "unmatched": false, "clues": 1, "conclusion": "errors"}', '\x785ead58db72134710fd154529de8092444462de72876fa028d5228dec4d56bbaebd805d2eaae4c48e04f12d153b06db10cb250c014a82e0c4b6ec9807fe04b42be9c9bf90ee9ed9d98b64630c6f3b7d99e93973baa767279245c32c252f2592eddd7bee8bf2f931cd1afbb45b79d26d4e756b8f3ff9329d3c9b485a238cd968241528fd51d50b281c358d1f58de4691adda1a43592695b9e0ee6eb9adcd5e6db7b3daf0169b6ea5d5d9fbcb5baa4626218f5c9e691abaf1e51c5da5d5bc9d69efef97eedc2b77fa5977bbd9797acfd74a87ef2ea0689c292638e0a262149bb1c04615d32e313d3a6fbb55ef955760db384960239dbfa6d9fdfd4144bdc9df2110777acfbb53e71b0b19046e1994960c9d8de7fcbdb4772aeef4cf517910e467a8b8ae586a3ec7c646995e506dc744207547d306a97c57a117210e761ea08cb9e735452db142ce366c05cf61280b6b468432d4cb69c2c4570e9b4a211467441c5ba4c06ea88aad1a7ace648a65e8c1eee29a98a35a821ddc60e2f4c48e43c29879d1d10b164c7e7522a92b2562236762f79fa95ee537afbcd7dbb88f7b40addcd7575914a9c03c9520f097e10269f60d995d770ac3941099544a0ea5cdb764c3c658deb11966489aac7c41c05db233151b634c9d47cc7110404dfa9b4c1d1ec1b5d238091f4993efc9c4ca1b44169c81bea5fe4a3679eb1a48870d451398e027ce2600a0d46f3d82e4f4662ade7aa51f98740a659a729d518ac68d4911c0c8ad65d002c668d842e8871d1e86cff2d6d9c404458e4087c2f5f66aded43c1ce89111531591110fb08f074d0e1f3d682c463e05a1ee7556ef1c1931558c20e298713c5cb2fe38e1223ba08eab79c536cc7e8a68ec06d3d203cf9d34f18327fb0c15efa5e7bdca7cb061ae096aa4a0154a2f508ef2a25a99e93cfe95a341aa20f3b883ad983cf5926f6e3f84c482ab017c024d9085dc5ec9db0e31283914b2e5d2201363accd0c4a356ee393964ca2c976995bc4ab1b1f07290956716607280fe26a1c68ceee00e8b559f74ecd6dee765fd48e720fe31eb813ee9d837a7b7f593a0e449e5c22c80fa5ce0cc49c2c439867c9ac0fee68be0dac6c69de7988d2462671b8c9e29d70a72370634e86e08e275a1ceb808944ea4efda0bdbf12cfe53e6a87f8cba9fd6f7bef0f77fb61fbbf35b731e355173a735468fb284e8e27029a2c43405f1c0c74b4525c1cc86bb2f181269338d064f14ea033fcae31ec11c62b098e74c36672e0e83009de88a4c2a60f5513b26dc44bc9b24d07b2932eb48b300eba2fd4461a391488fe0a3fe9e2cf8dc00a0cbbc1cf8528274a309ac88b1b07e11b1a86b29efa17b1b825c3b72bb421a6a269b9d025ea8b4c66391addd3b809b5c0727e3947818cea8bf0b12119e5694b66625aca01d22ec259f2117d5a1a0a4972d4d0d4fc38f2ac04ed0bc0378ea79537f4bce658d06ea18699265677ff68459d378aa8139888034109740d38e24da1e82b34437c8ca8e2c36479a3342a5a1cc4aca0168bcc647a9efa1910005870b150b1ee3cdb7417aa3c13f9b208e125ca60d1fc8b362058560868e534e2464bd357646d924416179ea1f5db3bb3bdf24f9dc5c7e110e4bd7789576eff15220a79100915fb53c4815d4b3408c0a10f04caae138180617010f02b0a024a3e1084f069242ff3021c80406b7210de2b8e933181bf2af833f0582650812210e82b0202493e1084f06900087c285381562010de2f8e7782c0533a42c2f0430b16a447192d3d84358020a0af0804248940700409b102079ef2e937719225a8ece09b0c8b0bce5fc454d287455d311dfe1340e6d7395e43b1fcc0056baa36952b2a4a28ec4f11b41cf8cf2196a2459569f40f422e7082a40513c7a200bb5b1bbd8da9b7e545f873907a5b5e4aa7dcf9ed84db588974ae256659ca3039bc29af45fad437e5fbfc6f06bc04136ef597c3fd19b7b5e81e2c43993a9f12a22ae85e2f27fcfe33f17a1b5f84bc713ddcbf8d3ef5956ea396c84897d5f6c17d6fb691385980fe457a15f89a4ad2d5aa39186f115e7d0c87b8e1d8e1140d4d336ed29d10804a940bed171ecbb02bb1c5a1acbfc5faacb7bee32eccb5775a40c1d3447deb1a5d053e534aaa65017fce891e2346949b8aa983f69454b9c28bbba44ab0c6e0ab46541fcaafa0127d44c61ceec353b0016fed44f8098334683ce8dd9b9644016e786b4fba07076ef53977001b9434b7bcbb73eedc9feeeafae1fe69a982b01c4b95e80921a3cef18e097b8ad8096197173b1e6f79dd7bb9e456eb904e647e7c3e53cb119c11fe148914de703370ec0985ff31ba8d1a10b5bb39d9f96917516fbdea6c6d0088d00d402b0eeced2d377a1b7701e818efa12a741acbdeed47ddda0cf4ea896c0a487e06e1a79f2490e09016a88044169af64ebd5b9e7627e73b9b7b21fbb527629695293ea93bbb2ed5abdde63666527357fc55b9db741736dd170f80096fcb93220a2e9c9cef3d8548fde33efd3643d5221b6600f4ddd15a710d92f47f0e21247e');
INSERT INTO public.perfxl_forms VALUES (3, 0, '自评表!A1', '清河县公路站', '清河县公路站', '道路养护项目', 2023, 'project', 'ministry', 95, 95, 95, 95, 0, 0, '', '优', 0, 0, 0, '{"place": "自评表!A1", "name": "清河县公路站", "unit": "清河县公路站", "project": "道路养护项目", "year": 2023, "kind": "project", "policy": "ministry", "claimed": [95, 1], "lo": [95, 1], "hi": [95, 1], "recomputed": [95, 1], "difference": [0, 1], "proven": [0, 1], "scored": true, "claimed_grade": "", "grade": "优", "errors": 0, "warnings": 0, "notes": 0, "unmatched": false, "clues": 1, "conclusion": "clean"}', '\x785ead585b53db4614fe2b549dbca58c6d4a5a78eb9dfe864cc623e435a8952546170ac3306352888142a0532829900c6608a149c694242dd792ffd25a92fdc45fe89eb3ab5d4988e25cde76cf65cfd96fcf4d9a50ca965d51fabb9470e5857f50ed1e339cb10f5bb5a7adfde9567def83cff2cacd2ec51926c40521c100eaf7ba5902e2886d7d47341748aeee1a0468855ca1c73f7ee59fecb6ebc7e1462358d9f76b27e1e9efc1ea6ce210d4286ac430408d99f34c1dad054733c18b97fefdd7feccf3d6e17ef8ecb7882b14beee01d238516daa0046f92e7562898ca8b65b2166f2dce6c94ebbba4eaf0d874819a1fc059e1edd8f7ad49efa853ae2cf9c06f33bec623101a956006ac532c97831ba4bf3a8e6cffc98a44b273f06c6a0eae85a918c8d10b3a4bb9e0d409a9e6164b12255cee72e662b673053ea9aa1ea15522aba96abc23bf4f5529b09a27075208f9844cc215b2dc5fc4c9053464a6454575ddd328b36511dcb94b74b73528a7a85de6094f0d7e3378e1153e265cf2c39f4f0db138aa956301a5924b6fe9c6ed77e0eaaa7eded877007e08a7b7dde0b249d469e8e1044661841887d8962835e690813a290cb89ad90f90a65c818d13c974086e4512a22c8d845395b75c1c75c37600e1b0935f27f20fad030d8cac3216c2744be411147b33058e0045c0bfeb7bdcae41d4a1db2548363024b388d0300f0344f9ed0e40c166ac156ed3230f91cd00c7590608aa68591216164d2c2690e63d26d4e8cdc8e6fe36f3979b36b023d07a063ee06a7f5607a893ee8951e6315111e67c8a79d4685f7ee3414a3280469dd0b37e6aff4182b86f438259c7617a5df8fbb101db48eeb9aea5af6e51031c82831f299ef8e9cf4c3a37c018bf7ea1fedda92bc30e3c81ac9c30aa83d98a3aca8d616c2bd9fd8fb214b661e5370559ba59ef2cfdc639a58b435501dc99159c8e455cdf5308294843023cb544c856d212bd7984c14b52892ccb60126912e6f6c2f73924aa5435bc29c15ac69a4253c0ce9cd457fbeeeef1fb70eea57a9c7818fa18b8dff7ca779b6261433a1479504f47db91b99a0a3a404bdaf17c52ec19d4cb8ccd29667a307af6d2892861b25ae853b9f801b923206773ad3d258b3c414511dee9c37cfd6d3c97c29b6a5168fedbf9aa7bffa878f9b7f6ffa8d85607639bc8f95f6528ca3624740a3640ce85bd940274bc5adccb8469908681449038d12d7025d60cdc67287092b25b0332d97888d67d243a025220ba63e604d88b911ba92e3da1ecd4eec68b7e85e8e5fc04d4c7240e003162cb1f31787a90502e3e0279c54e435184444e7864dbc45d3ad28a85127e66d32de5ee91c62ab86518c75d1886413c733b051c325f4122946f51c08c2ab4fe3cf06c1285e5b4426c48cd8408a27621675f8a096a7854419b10c5d1b8754aed0f985c2370eafa559a666780e9db780a3194435c533f33a6f9581c521e1ef01143a35c08e0d857cae302cbe18d6f9c2269a5519e1230e4056d2cb65621353c37986122856b4b160b10e9feffacbb32c11995940b01f13980fff7c0c906639012d63b545d3b84ad8464ac238d78cd96f1e2db6ab77c395bdb80ba2eff5b3c21d7d85f03a2e3d410b6fe14767206072750202d640040157091090f28e20c45f431960f557828016108437f3a33310d85705fb0cfcdf48c0fa8420e02a010252de1184f86b5010d856a4025a4010decc8f6b4160199d08c2f8871635881f65681a570801ae121020a5934c84022c35c5a7df442726b0eac03719d416b85a1952c91ce275c5f6d84f005a7fc847acc84219a2720e6da4b6ee62b182c600b45896066b5bc1cb557f76c76faca378e67f0791a658a6ca3a31f037047e48251e2b5e40f81a5193f1e539e868fcbf84dfa8075b47addda9f0eef1c5d96c78f23a7cb57d71b6402b08eddecda393f65aa3bdfde0e26c0e8c5588e3a84378487b7b3a6cac05734f5af505dadebb7a73ddb9dc0daac96660ff7ccd9fbd070c3a88724ef368a7559df1a796c2ddd398fce6537ecafa343bd45fdc12ec8dd6fe2175908e7bfc4becc1bebfbceb1f3cf21b8ffead4e712f18716aa9fd8c7abad13c7f182c36badefe9a51a7bead0cf42ad8bae9d3d24bd3564d60a7522059939fbc33f91fac4776a4');
INSERT INTO public.perfxl_forms VALUES (4, 0, '自评表!A1', '清河县公路站', '清河县公路站', '道路养护项目', 2023, 'project', 'ministry', 95, 95, 95, 95, 0, 0, '', '优', 0, 0, 0, '{"place": "自评表!A1", "name": "清河县公路站", "unit": "清河县公路站", "project": "道路养护项目", "year": 2023, "kind": "project", "policy": "ministry", "claimed": [95, 1], "lo": [95, 1], "hi": [95, 1], "recomputed": [95, 1], "difference": [0, 1], "proven": [0, 1], "scored": true, "claimed_grade": "", "grade": "优", "errors": 0, "warnings": 0, "notes": 0, "unmatched": false, "clues": 1, "conclusion": "clean"}', '\x785ead585b53db4614fe2b549dbca58c6d0a2dbcf54e7f4326e311f21ad4ca12a30b856198811462a010e83494044806330ea149c694262de652f25f5a4bb29ff80bdd7376b52b0951c8e56df75cf69cfdf6dca449a56cd91565a04b691d3df40fa6bbc70d67fcc376f5597b7fb65ddbfbe0b3bc72b34b7146087141483080fabd6e9680386a5bdf11cd0592abbb06015a2157e8f18f5ef9c7bb9dda51b8d908eeeffbd5e3f0e4b7606d3e71086a14356218a0c6cc79a68ed682e65cf0c74bffde6b7fee45fb703f7cfe30e20a85af7b803441549b2a8051be4b9d5822a3aaed5688993cb7755cef4c6fd06bc3215246287f81a747f7a31e75667ea18ef87327c1629d5d2c2620d50a40ad5826992846776935abfedc8f49ba74f263600ca98eae15c9f828314bbaebd900a4e91946162b52e57cee62b6720633a5ae19aa5e21a5a26bb92abc437f2fb599200a5707f38849c41cb6d552cccf043965a444c674d5d52db36813d5b14c79bb3427a5a857e80dc6087f3d7ee31831255ef6cc92430fbf35a9986a05a3914562fbcfd94ef5e760faa4b3f308ee005c71afcf7b81a4d3c8d31182c80c2308b12f516cc82b0d6342147239b115325fa10c19279ae712c8903c4a450419bb2867ab2ef898eb06cc6123a146fe0f441f1e015b793884ed84c83728e26816060b9c806bc1ffb65799ba4da9c3966a704c6009a7710030f58f9fd2e40c96aac176f52230f91cd00c7588608aa68591216164d2c2690e63d26d4e8cdc8e6fe36f3975b36b123d07a063ee0627b56076853ee8a51e6315111e67c8a79d4685f7ee3414a3280469dd0b37172ff5182b86f438259c7617a5df8fbb101db48eeb9aea5af6c51031c81831f299ef8e9cf4c3a37c018bf7daef9dea8abc30e3c81ac9c30aa83d98a3aca85697c2bd9f181ac89299c7145cd566a9a7fcb3f08426166d0d5447726416327955733d8c202521ccc8321553615bc8ca352613452d8a24b36d9049a4cb1bdbcb9ca452e9d0963067056b1a6916de12e9ad657fb1e6ef1fb50f6a97a9c78197ea087c78566f9dae0bc54ce85125017d7fee4626e8282941efef45b10b7027132eb3b4e5d9e8c16b1b8aa4e146892be1ce27e086a48cc19dceb434d6321431aac3fa59eb74239dcc17623b16c02cb6ff6a9dfcea1f3e69fdbde5379682f9d5f01e56da0b318e8ad7021a256340f765039d2c157d99718d3211d02892061a25ae04bac09a8de58e10564a60675a2e111bcfa487404b44164c7dc09a1473237425c7b53d9a9dd8d1fae85e8e5fc04d4c7240e003162cb1f31747a80502e3e0279c54e435184444e7864dbc45d3ad28a85127e66d32de5ee91c62ab86518c75d1886413c733b051c325f4122946f51c08c2ab4fe3cf06c1285e5b4426a4a5d840d825621675f8a096a7854419b50c5d9b8038abd0f985c23701afa559a666780e9db780a3194435c533f33a6f9581c521e1ef01143a35c08e0d857cae302cbe18d1f9c2269a5519e5230e4056d2cb65621353c37986122856b4b160b10e5fecfaabf32c11995940700013980fff7c0c906639012d63b545d3b84ad8464ac238d78cd96f35973bd377c2fb7b711744df1b60853bfa0ae1755c7a8216dec28feb8180c9751d10b0062208b84a808094770421fe1aca20abbf1204b48020bc991fd703817d55b0cfc0ff8d04ac4f0802ae122020e51d4188bf0605816d452aa00504e1cdfcb8120496d189208c7f685183f85186a6718510e02a010152ae93895080a5a6f8f49bbc8e09ac3af04d06b505ae5686543287795db13df61380d61ff2112bb25086a89c43dbabadbb58aca031002d96a5c1fa76f072cd9faffb8d0d14cffcef20d214cb54592706fe86c00fa9c463c50b085f236a32be3c071d8dff97f01bb560bbd9de9d09ef1c9d9fce87c7afc3573be7a74bb482d0eedd6a1e77d61b9d9d07e7a70b60ac421c471dc6433a3bb361633d5878daae2dd1f6ded59bebcee56e504d3603fb67ebfefc5d60d04194735acd7a7b7ace9f5909774f62f25bcff8291bb3ec507f795bb037dbfb87d4413aeef12fb107fbfeeaae7ff0d86f3cfe777a867bc188332b9de7d4d3cdd6d9a360b9d1f5f6d78c3af52d65b057c1d64d9f965e9ab66a023b9502c99afcd4eda9ff005cbb76ae');

INSERT INTO public.perfxl_results VALUES (1, '19a5f36501321bd7f7b0cd70fac6d281dddb7cfa5fb8b179f5463f67cc9755c4', 'a1b180038d6e89f3', '乙局.xlsx', NULL, NULL, NULL, 'd89625320e5c046445db5151e8bd5e18fe9ba42b8fe079ef452a138c40e9296d', true, '2026-11-29 10:03:34.454322+00');
INSERT INTO public.perfxl_results VALUES (2, 'cf1d7780a86625defc878cfde31a1a6894cbf0f6c6edfe33d90f7ee3296907fb', 'a1b180038d6e89f3', '坏.xlsx', 'damaged-zip', '文件不完整或已损坏；请重新复制或下载，能用 WPS 或 Excel 打开后再提交。', NULL, '', true, '2026-11-29 10:03:34.454322+00');
INSERT INTO public.perfxl_results VALUES (3, '472015b19e63dc30531e5dced9755e60513b75940f090f22b4a90f1193bdb89d', 'a1b180038d6e89f3', '甲局.xlsx', NULL, NULL, NULL, '91910d2b988cfca1e1f946e006bfba69ce7b3f97c7d5ae48d59f365ad539e980', true, '2026-11-29 10:03:34.454322+00');
INSERT INTO public.perfxl_results VALUES (4, '40e3888c2b36734175e2eb8efb07f02bf3bb0f40b3bdc134f667d14a375466ce', 'a1b180038d6e89f3', '乙局.xlsx', NULL, NULL, NULL, '9c2c968068082dee4e5f08efc7d2ed865002cf57398ba60831356ae6eee108ce', true, '2026-11-29 10:03:34.506824+00');

INSERT INTO public.perfxl_rules VALUES ('a1b180038d6e89f3', '0.1.0', '', 'zh', '22fd19aa18d1a54b', '99ba5c0b69f21cd4', '2026-11-29 10:03:34.325157+00');

INSERT INTO public.perfxl_seen VALUES (1, '/srv/绩效/结果', '/srv/绩效/收到/乙局.xlsx', '乙局.xlsx', 6458, 1795945614185020446, 1795946614183321636, false, '19a5f36501321bd7f7b0cd70fac6d281dddb7cfa5fb8b179f5463f67cc9755c4', 1, '乙局-审核.xlsx', NULL, '2026-11-29 10:03:34.454322+00');
INSERT INTO public.perfxl_seen VALUES (2, '/srv/绩效/结果', '/srv/绩效/收到/坏.xlsx', '坏.xlsx', 12, 1795945614185066223, 1795946614185059613, false, 'cf1d7780a86625defc878cfde31a1a6894cbf0f6c6edfe33d90f7ee3296907fb', 2, NULL, NULL, '2026-11-29 10:03:34.454322+00');
INSERT INTO public.perfxl_seen VALUES (3, '/srv/绩效/结果', '/srv/绩效/收到/甲局.xlsx', '甲局.xlsx', 6455, 1795945614182289838, 1795946614182262211, false, '472015b19e63dc30531e5dced9755e60513b75940f090f22b4a90f1193bdb89d', 3, '甲局-审核.xlsx', NULL, '2026-11-29 10:03:34.454322+00');
INSERT INTO public.perfxl_seen VALUES (4, '/srv/绩效/结果', '/srv/绩效/收到/丙局.xlsx', '丙局.xlsx', 6455, 1795945614463738679, 1795946614463722656, false, '472015b19e63dc30531e5dced9755e60513b75940f090f22b4a90f1193bdb89d', 3, '丙局-审核.xlsx', '甲局.xlsx', '2026-11-29 10:03:34.506824+00');
INSERT INTO public.perfxl_seen VALUES (5, '/srv/绩效/结果', '/srv/绩效/收到/乙局.xlsx', '乙局.xlsx', 6456, 1795945614463204622, 1795946614463089632, false, '40e3888c2b36734175e2eb8efb07f02bf3bb0f40b3bdc134f667d14a375466ce', 4, '乙局-审核.xlsx', NULL, '2026-11-29 10:03:34.506824+00');
INSERT INTO public.perfxl_seen VALUES (6, '/srv/绩效/结果', '/srv/绩效/收到/坏.xlsx', '坏.xlsx', 12, 1795945614185066223, 1795946614185059613, false, 'cf1d7780a86625defc878cfde31a1a6894cbf0f6c6edfe33d90f7ee3296907fb', 2, NULL, NULL, '2026-11-29 10:03:34.506824+00');
INSERT INTO public.perfxl_seen VALUES (7, '/srv/绩效/结果', '/srv/绩效/收到/甲局.xlsx', '甲局.xlsx', 6455, 1795945614182289838, 1795946614182262211, false, '472015b19e63dc30531e5dced9755e60513b75940f090f22b4a90f1193bdb89d', 3, '甲局-审核.xlsx', NULL, '2026-11-29 10:03:34.506824+00');

INSERT INTO public.perfxl_version VALUES (1);

SELECT pg_catalog.setval('public.perfxl_results_id_seq', 4, true);

SELECT pg_catalog.setval('public.perfxl_seen_id_seq', 7, true);

SELECT pg_catalog.setval('public.perfxl_version_version_seq', 1, false);

ALTER TABLE ONLY public.perfxl_findings
    ADD CONSTRAINT perfxl_findings_pkey PRIMARY KEY (result, form, number);

ALTER TABLE ONLY public.perfxl_forms
    ADD CONSTRAINT perfxl_forms_pkey PRIMARY KEY (result, number);

ALTER TABLE ONLY public.perfxl_results
    ADD CONSTRAINT perfxl_results_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.perfxl_rules
    ADD CONSTRAINT perfxl_rules_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY public.perfxl_seen
    ADD CONSTRAINT perfxl_seen_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.perfxl_version
    ADD CONSTRAINT perfxl_version_pkey PRIMARY KEY (version);

CREATE INDEX perfxl_results_content ON public.perfxl_results USING btree (content, rules);

CREATE INDEX perfxl_seen_content ON public.perfxl_seen USING btree (content);

CREATE INDEX perfxl_seen_path ON public.perfxl_seen USING btree (folder, path, id);

ALTER TABLE ONLY public.perfxl_findings
    ADD CONSTRAINT perfxl_findings_result_fkey FOREIGN KEY (result) REFERENCES public.perfxl_results(id);

ALTER TABLE ONLY public.perfxl_forms
    ADD CONSTRAINT perfxl_forms_result_fkey FOREIGN KEY (result) REFERENCES public.perfxl_results(id);

ALTER TABLE ONLY public.perfxl_results
    ADD CONSTRAINT perfxl_results_rules_fkey FOREIGN KEY (rules) REFERENCES public.perfxl_rules(digest);

ALTER TABLE ONLY public.perfxl_seen
    ADD CONSTRAINT perfxl_seen_result_fkey FOREIGN KEY (result) REFERENCES public.perfxl_results(id);

