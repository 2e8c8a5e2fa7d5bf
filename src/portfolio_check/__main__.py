from portfolio_check.cli.main import main

if __name__ == "__main__":
    main()
