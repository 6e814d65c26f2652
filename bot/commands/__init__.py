"""Commands: ``/palette``, the right-click menus, ``/palette-settings`` and ``/help``."""
