-- One title by REST, the same every time.
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
