"""What one file may hold and cost, all in one place; docs/security.md tells what they are for.

Whoever reads a part of a file refuses it beyond these (`perfxl.errors.TooLarge`); time and memory are
held by `perfxl.jobs.limits`. What a format itself allows (32,767 signs in a cell) stands with the format.
"""

LARGEST = 64 * 1024 * 1024
"""Bytes of a file."""

# ---------------------------------------------------------------- zip files
MAX_MEMBERS = 2_000
MAX_XML, MAX_ALL_XML = 16 << 20, 64 << 20
"""Bytes of a part of XML, and of all of them."""
MAX_MEDIA, MAX_TOTAL = 64 << 20, 128 << 20
"""Bytes of any other part, and of all that a file unpacks to."""
MAX_RATIO, RATIO_FROM = 100, 1 << 20
"""How far a part may pack, from so many bytes on."""

# ---------------------------------------------------------------- archives of files, and passwords
ARCHIVE_MEMBERS, ARCHIVE_BYTES, ARCHIVES_DEEP = 10_000, 2 << 30, 3
"""Members of an archive and of all archives in it, bytes that they unpack to, archives around a form."""
ARCHIVE_LIST = 8 << 20
"""Bytes of the list of what is in it."""
MEMBER_RATIO, MEMBER_RATIO_FROM = 200, 8 << 20
"""How far a member may pack, from so many bytes on; old formats full of empty cells reach 150."""
OLD_CIPHER = 8 << 20
"""Bytes of a member under ZipCrypto, which take a second for each million."""
PROGRAM_SECONDS, PROGRAM_MEMORY = 60.0, 1 << 30
"""One run of 7z or bsdtar, by the clock, and the bytes it gets."""
PASSWORD_FILE, MOST_PASSWORDS, LONGEST_PASSWORD = 1 << 20, 10_000, 255
"""Bytes and lines of a list of passwords, and signs of one: Excel takes 255."""
MOST_SPINS = 1_000_000
"""How often a password is hashed; Excel, WPS and LibreOffice do it 100,000 times, the format allows 10,000,000."""
ENCRYPTION_HEADER = 1 << 16
"""Bytes of the header that tells how a workbook is encrypted; they have one thousand."""
TRYING = 10.0
"""Seconds of the processor in which passwords are tried on one file: about a hundred."""

# ---------------------------------------------------------------- XML and HTML
MOST_NODES = 1_500_000
"""Signs of elements and attributes in a part that is made a tree: each takes some 200 bytes there."""
MOST_ATTRIBUTES = 500
"""Attributes of one element; the time that a parser takes for them grows with their square."""
MOST_NAMESPACES = 128
"""Namespaces at one element; the parts of Word, which have most, declare about forty."""
LARGEST_PAGE, LARGEST_MAIL, MOST_NESTED = 16 << 20, 16 << 20, 8
"""Bytes of a page in HTML, of a mail that holds one, and parts of such a mail."""
PAGE_ATTRIBUTES = 2_000
"""Attributes of one element of a page."""
TABLE_COLUMNS, TABLE_ROWS = 1000, 65_536
"""Of a table in HTML or Word; Word itself makes 63 columns."""

# ---------------------------------------------------------------- binary formats
MOST_RECORDS = 2_000_000
"""Records of a substream: ten times the cells of the largest sheet."""
MOST_STRINGS = 1_000_000
MOST_ENTRIES = 10_000
"""Entries in the directory of an old compound file."""

# ---------------------------------------------------------------- sheets
MOST_CELLS, MOST_TOTAL = 200_000, 250_000
"""Cells of a sheet, and of all together: a workbook of some hundred units' forms stays far below."""
MOST_SPANS = 20_000
"""Merged areas of a sheet."""
MOST_AREA, MAX_MERGED_AREA = 500_000, 1_000_000
"""Cells under merged areas within the used area of a sheet, and as an .xlsx states them."""
MOST_SHEETS = 1_000
MOST_MEASURES = 500_000
"""Rows and columns with a width or height of their own."""
MOST_SIGNS, LONGEST_TEXT = 10_000_000, 100_000
"""Characters of all cells, and of one; a cell of Excel holds 32,767."""
MOST_LOOKS, LONGEST_CODE = 5_000, 255
"""Format codes that the cells of a workbook use (Excel keeps some 250 of the user's own), and characters of one."""
MOST_ROWS = 3_000
"""Indicators of one form; the longest of real ones have some hundred."""

# ---------------------------------------------------------------- time and memory
READING, MARKING = 12.0, 6.0
"""Seconds of the processor for reading and judging one file, and for its copy. Most take a fiftieth of one."""
OPENING, UNPACKING, MEMBER_SECONDS = 15.0, 15.0, 10.0
"""Likewise for undoing a file's encryption, for the next member of an archive, and for one that is encrypted alone."""
CONVERTING = 60
"""Seconds for LibreOffice to convert a file of an old format."""
WORKING = 90.0
"""Seconds by the clock until a worker is ended, whatever it does."""
GROWTH = 400
"""Megabytes by which this process may grow for one file."""
MOST, MOST_HELD = 480, 1024
"""Megabytes of a worker at its work, which begins with some sixty; and where the system itself ends it."""
GRACE = 3.0
"""Seconds after which a worker is ended that does not let go of its file."""
