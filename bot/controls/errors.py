"""Why a control cannot do what it is for."""


class ControlError(Exception):
    """A control cannot do what it is for."""


class UnknownControlError(ControlError):
    """The control is of a version of this bot that wrote its state in another way."""

    def __init__(self) -> None:
        super().__init__("The control was made by another version.")


class PictureGoneError(ControlError):
    """The picture is no longer where the reply found it."""

    def __init__(self) -> None:
        super().__init__("The picture is no longer there.")
