"""The program: `perfxl`, and `python -m perfxl`. Ctrl-C is answered while it still starts, too."""


def main() -> None:
    """Run the command line."""
    try:
        from perfxl import cli  # noqa: PLC0415  # takes a while
    except KeyboardInterrupt:
        import sys  # noqa: PLC0415  # at once

        from perfxl.face.face import Face  # noqa: PLC0415  # at once

        raise SystemExit(Face.of_arguments(sys.argv[1:]).report_interrupt()) from None
    cli.main()


if __name__ == "__main__":
    main()
