print("sbx")
