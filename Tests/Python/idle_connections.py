"""A hundred thousand connections that say nothing, and one customer who goes on calling.

usage: idle_connections.py HOST PORT PROCESS_ID COUNT

Opens COUNT connections from addresses all over 127.0.0.0/8 and holds as many as the server lets stand. Prints one JSON
object: how many were made and held at most, what the customer was answered meanwhile, whether strangers are served
again once the idle ones are gone, and how far the server's memory rose.
"""

import http.client
import json
import selectors
import socket
import sys
import time

host, port, process_id, count = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
MOST_HELD = 8_000


def resident_mebibytes():
    with open(f"/proc/{process_id}/status") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) // 1024
    raise SystemExit("the server has no resident memory")


def answered(connection):
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    answer.read()
    return answer.status


customer = http.client.HTTPConnection(host, port, timeout=30)
statuses, before = [answered(customer)], resident_mebibytes()
most_memory, most_held, made = before, 0, 0
idle, watch = set(), selectors.EpollSelector()


def let_go():
    """Closes what the server has closed or answered."""
    for key, _ in watch.select(0):
        watch.unregister(key.fileobj)
        idle.discard(key.fileobj)
        key.fileobj.close()


while made < count:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_IP, 24, 1)  # IP_BIND_ADDRESS_NO_PORT
    connection.bind((f"127.{1 + made % 100}.{made // 100 % 250}.{1 + made // 25_000}", 0))
    connection.settimeout(30)
    connection.connect((host, port))
    connection.setblocking(False)
    made += 1
    idle.add(connection)
    watch.register(connection, selectors.EVENT_READ)
    if len(idle) >= MOST_HELD or made % 500 == 0:
        let_go()
    while len(idle) >= MOST_HELD:
        time.sleep(0.01)
        let_go()
    if made % 2_000 == 0:
        statuses.append(answered(customer))
        most_held = max(most_held, len(idle))
        most_memory = max(most_memory, resident_mebibytes())

for connection in idle:
    connection.close()
deadline, stranger = time.monotonic() + 60, None
while stranger != 200 and time.monotonic() < deadline:
    try:
        newcomer = http.client.HTTPConnection(host, port, timeout=30)
        stranger = answered(newcomer)
        newcomer.close()
    except OSError:
        time.sleep(0.2)
print(json.dumps({
    "made": made, "mostHeld": most_held, "customerAlways200": set(statuses) == {200}, "customerCalls": len(statuses),
    "strangerAfterwards": stranger, "mebibytesMore": most_memory - before,
}))
