"""Why a control cannot do what it is for."""


class UnknownControlError(Exception):
    """The control is of a version of this bot that wrote its state in another way."""

    def __init__(self) -> None:
        super().__init__("The control was made by another version.")


class PictureGoneError(Exception):
    """The picture is no longer where the reply found it."""

    def __init__(self) -> None:
        super().__init__("The picture is no longer there.")
