"""Palettes as style sheets: variables for CSS, Sass and Tailwind CSS 4, and a CSS gradient."""

from palette.model import Palette

from .roles import identify


def write_css(palette: Palette, title: str) -> bytes:
    """Return a style sheet that declares every colour on the root element.

    Format: W3C, "CSS Custom Properties for Cascading Variables Module Level 1". Roles are variables
    that refer to those of the colours.
    """
    return _sheet(title, _rule(":root", {**_colors(palette), **_roles(palette)}))


def css_variables(palette: Palette) -> str:
    """Return the rule ``:root { --color-…: #rrggbb; … }``, without roles."""
    return _rule(":root", _colors(palette))


def write_tailwind(palette: Palette, title: str) -> bytes:
    """Return a style sheet to import after ``tailwindcss``.

    Format: "Theme variables" in Tailwind's documentation: the ``--color-*`` variables of an
    ``@theme`` block become utilities such as ``bg-dusty-rose``, and ``bg-background`` for a role.
    """
    return _sheet(title, _rule("@theme", {**_colors(palette), **_roles(palette)}))


def tailwind_theme(palette: Palette) -> str:
    """Return the rule ``@theme { --color-…: #rrggbb; … }``, without roles."""
    return _rule("@theme", _colors(palette))


def write_scss(palette: Palette, title: str) -> bytes:
    """Return a Sass module: ``$color-…`` for every colour and role, and a map for ``@each``.

    Format: "Variables" and "Maps" in Sass's documentation. ``$colors`` holds the colours alone.
    """
    names = identify(palette)
    lines = [
        f"// {title}",  # Sass evaluates "#{…}" in /* … */ comments
        *(f"$color-{name}: {swatch.hex};" for name, swatch in names.colors.items()),
        "",
        *(f"$color-{role}: $color-{name};" for role, name in names.roles.items()),
        "",
        "$colors: (",
        *(f'  "{name}": $color-{name},' for name in names.colors),
        ");",
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def write_gradient(palette: Palette, title: str) -> bytes:
    """Return a style sheet with a class ``gradient``, from the first colour to the last.

    Format: W3C, "CSS Images Module Level 4". The first declaration is for browsers that cannot
    blend in OKLab.
    """
    stops = palette.hex if len(palette) > 1 else palette.hex * 2  # fewer were long an error
    colors = ", ".join(stops)
    images = (f"linear-gradient(to right{space}, {colors})" for space in ("", " in oklab"))
    declarations = "".join(f"  background-image: {image};\n" for image in images)
    return _sheet(title, f".gradient {{\n{declarations}}}\n")


def _colors(palette: Palette) -> dict[str, str]:
    """Return a custom property for every colour, and its value."""
    colors = identify(palette).colors
    return {f"--color-{name}": swatch.hex for name, swatch in colors.items()}


def _roles(palette: Palette) -> dict[str, str]:
    """Return a custom property for every role, and its value."""
    roles = identify(palette).roles
    return {f"--color-{role}": f"var(--color-{name})" for role, name in roles.items()}


def _rule(prelude: str, declarations: dict[str, str]) -> str:
    body = "".join(f"  {name}: {value};\n" for name, value in declarations.items())
    return f"{prelude} {{\n{body}}}\n"


def _sheet(title: str, rule: str) -> bytes:
    """Return a style sheet that begins with a comment, which the title cannot end early."""
    return f"/* {title.replace('*/', '* /')} */\n{rule}".encode()
