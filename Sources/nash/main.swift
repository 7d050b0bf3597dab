print("nash")
