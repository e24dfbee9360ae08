"""`python -m copilot` is `mentor-copilot`."""

from copilot.cli import main

if __name__ == "__main__":
    main()
