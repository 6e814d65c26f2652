from contextlib import AbstractContextManager

def config_context(
    *, assume_finite: bool, skip_parameter_validation: bool
) -> AbstractContextManager[None]: ...
