curl ^"https://sign.example.com/restapi?access_token=Q7qtWxDgZTFqwLZrm32HPybXVPiJLNhq^&page=2^" ^
  -H ^"accept: application/json^" ^
  -H ^"authorization: Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiIsImtpZCI6ImtleS0yMDI2LTExIn0.eyJpc3MiOiJodHRwczovL2FjY291bnQuZXhhbXBsZS5jb20iLCJhdWQiOiJkb2NrZXQtY29ycHVzIiwiZXhwIjoxNzk1ODI0MDAwLCJzdWIiOiJzYW0ifQ.f_6lE6ehxoxRAizbQhmuTKeJyBBRgE6kMiF9d9LL8dDL3oiV4Ga-Zm4QwddzLHdEL3a3vVkpa0acEPOrp452KnK-hK6Ehu4fNxVucr_es5Cu4DGsN7-SuilvWNvDVeMKrmi7-A9yHNMksvqeXZAmqe2xMiDCIP8nNY0Ni7g9sehjNewfAQg2XzQMqOC8qQtxJn9f58UXMnrDikr4C1T-gnDw0ASxQCp-H6VjxZE-QqoHNUyRG3s5K1Gns6vMODAgSUNZQQK3kqz8IQI_SqQt07txkBhdHMd7xXniCaaoCvOPmqJU88L3NisT38_E40XzXhcLnJjmRpQWiATPgNKPfw^" ^
  -b ^"lang=en; sid=Z8x8rBNHK47raaehYMWoWSAZb1TVE0ro; _csrf=Z8zqPnFpAcenHnkCCyaXTliV3010K1Xe^" ^
  -H ^"x-csrf-token: Q8qriMvV6t2zMgxdFDpygO3lgunAIDBh^" ^
  --data-raw ^"{^\^"clientSecret^\^": ^\^"Z8juKESQBr7Xx5rdt2p9hUAcsQWDnlzd^\^", ^\^"page^\^": 2}^" ^
  --compressed
