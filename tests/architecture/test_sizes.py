import statistics

from tests.architecture import sources

LINES_OF_A_MODULE = 500
MEDIAN_LINES = 120
LINES_OF_A_FUNCTION = 60


def test_no_module_is_longer_than_five_hundred_lines() -> None:
    lengths = {module.name: module.text.count("\n") for module in sources.python()}
    too_long = {name: lines for name, lines in lengths.items() if lines > LINES_OF_A_MODULE}
    assert too_long == {}


def test_half_of_the_modules_are_short() -> None:
    lengths = [module.text.count("\n") for module in sources.product()]
    assert statistics.median(lengths) <= MEDIAN_LINES


def test_no_function_is_longer_than_sixty_lines() -> None:
    too_long = {
        f"{module.name}:{function.lineno} {function.name}": length
        for module in sources.python()
        for function in module.functions()
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LINES_OF_A_FUNCTION
    }
    assert too_long == {}


def test_main_only_starts_the_program() -> None:
    main = next(module for module in sources.product() if module.name == "main.py")
    assert main.text.count("\n") <= 15
