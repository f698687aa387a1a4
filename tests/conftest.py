"""What every test may ask for. Databases, browsers and servers start only when a test first asks for one."""

pytest_plugins = [
    "tests.fixtures.postgres",
    "tests.fixtures.browser",
    "tests.fixtures.council",
    "tests.fixtures.casework",
    "tests.fixtures.visitor",
    "tests.fixtures.notebook",
    "tests.fixtures.demonstration",
    "tests.fixtures.furnished",
    "tests.fixtures.rehearsal",
    "tests.fixtures.live",
    "tests.fixtures.hand",
]
