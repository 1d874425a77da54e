"""SimPy and Ciw on one impatient queue, in an environment of their own: imports nothing of ours.

``python bench/simulation_peers.py PEER COUNT`` prints JSON: customers, CPU seconds and the share that left, of Poisson
arrivals of 0.8 a second to 50 servers of 60 s each, patience 120 s, all exponential.
"""

import json
import random
import sys
import time

PER_S, SERVERS, AHT_S, PATIENCE_S = 0.8, 50, 60.0, 120.0


def with_simpy(count: int) -> float:
    """Share that left, by SimPy: one process a customer, who waits for a server or for his patience to end."""
    import simpy

    environment = simpy.Environment()
    servers = simpy.Resource(environment, SERVERS)
    left = 0

    def customer():
        nonlocal left
        with servers.request() as turn:
            yield turn | environment.timeout(random.expovariate(1.0 / PATIENCE_S))
            if turn.triggered:
                yield environment.timeout(random.expovariate(1.0 / AHT_S))
            else:
                left += 1

    def source():
        for _ in range(count):
            yield environment.timeout(random.expovariate(PER_S))
            environment.process(customer())

    environment.process(source())
    environment.run()
    return left / count


def with_ciw(count: int) -> float:
    """Share that left, by Ciw with reneging."""
    import ciw

    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=PER_S)],
        service_distributions=[ciw.dists.Exponential(rate=1.0 / AHT_S)],
        reneging_time_distributions=[ciw.dists.Exponential(rate=1.0 / PATIENCE_S)],
        number_of_servers=[SERVERS],
    )
    ciw.seed(618)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(count)
    records = simulation.get_all_records()
    return sum(record.record_type == "renege" for record in records) / len(records)


PEERS = {"simpy": with_simpy, "ciw": with_ciw}


def main() -> None:
    """Play one peer."""
    peer, count = sys.argv[1], int(sys.argv[2])
    random.seed(618)
    PEERS[peer](1_000)
    begun = time.process_time()
    lost = PEERS[peer](count)
    sys.stdout.write(json.dumps({"customers": count, "cpu_s": time.process_time() - begun, "lost": lost}))


if __name__ == "__main__":
    main()
