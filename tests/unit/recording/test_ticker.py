"""The ticker acts again and again, and not after it was stopped."""

import threading

from trainer.recording.ticker import Ticker


def test_it_acts_again_and_again_until_it_is_stopped() -> None:
    twice = threading.Event()
    count = [0]

    def act() -> None:
        count[0] += 1
        if count[0] == 2:
            twice.set()

    ticker = Ticker("test", 0.001, act)
    assert twice.wait(10.0)
    ticker.stop()
    at_stop = count[0]
    ticker.stop()
    assert count[0] == at_stop
    assert "test" not in {thread.name for thread in threading.enumerate()}


def test_it_does_not_keep_the_program_alive() -> None:
    ticker = Ticker("test", 60.0, lambda: None)
    threads = [thread for thread in threading.enumerate() if thread.name == "test"]
    assert len(threads) == 1
    assert threads[0].daemon
    ticker.stop()
