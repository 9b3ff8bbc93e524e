#!/bin/bash
curl -sS -H 'Authorization: Bearer X7xCdtZqkhjsCdyhdPFhTJCQQC7y1ntV' https://sign.example.com/restapi -o envelopes.json
curl -sS -H "X-Api-Key: X7qBCNsuLUvMuHTVWoUZsF3L6Fl6uY3X" --fail https://sign.example.com/restapi
curl -u app:Q8xVJudSQDdyFdU3iD2x2jPAtn3dkFyM https://account.example.com/oauth/userinfo
curl -u 'app:2vaBZ+/cFtc&="S3PC%<zKl' https://account.example.com/oauth/userinfo
curl --user=app:Q7jKx3LOpc64mkrjKem9inEgXv6cwuX9 https://sign.example.com
curl -b 'lang=en; sid=Q7x80SCgFbh7nMMZ2nXy2bVnhBstnJQQ' https://sign.example.com/home
curl --cookie "JSESSIONID=Q7jZaJCnONOv2smnIA9I0amvXVboEogH" https://sign.example.com/home
curl --oauth2-bearer K7zAONLBvNpiXn2QBIRIJIJn8vBFunv5 https://sign.example.com/restapi
curl -H 'Content-Type: application/json' -d '{"password": "Z9g4DF$AYZ1e9", "page": 2}' https://sign.example.com/login
curl -d 'client_secret=uhFZm%2B%2FCdoR%26%3D%22GQbb%25%3Cqdg&grant_type=refresh_token&refresh_token=Q7xVyWUTJ78K7qyPOwI3PZyTDFhH33L8RSNdhTCjGSCoEt8Gk6k2crEVyFyNDRt6yIQtBUZKQczvuSFVpJjePblZtXW6qPBB' https://account.example.com/oauth/token
curl --data-urlencode 'password=ZQYFFi!g4j139' https://sign.example.com/login
curl -F 'api_key=Q8x1dBxFIcS8tUDjZj2MN430tFWhQERq' -F 'file=@deed.pdf' https://sign.example.com/files
curl --proxy-user robot:X7zPhxcyDXJcN63aCT18LkDJpN8Rswuf --proxy http://proxy.example.com:3128 https://sign.example.com
curl -H $'X-Auth-Token: Z8zQoL95i2DhyeuiKLTutTiciOQUWOLz' https://sign.example.com
curl https://robot:K7xq2QCKj7ulnQEYZdFl@files.example.com/in
curl --cert client.pem --pass X8jC1J1G6jP5SxZaXdlhWAQ2HalyPYp5 https://sign.example.com
wget --password=X7j6oH4AaO0AbEbJKkW6IH9AHdn0Kn7k --user=app https://sign.example.com
mysql -u root -pZ7xcfxWqowaKiT0eXXIN sign
PGPASSWORD=X8xKzVxQnvUaQQLRUpQgeF8txxWsWArH psql -h db.example.com
