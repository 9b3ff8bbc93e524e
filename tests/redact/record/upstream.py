"""Sends what a recording proxy is asked for to the service on loopback, whatever the name."""

import os


def server_connect(data):
    data.server.address = ("127.0.0.1", int(os.environ["SERVICE_PORT"]))
