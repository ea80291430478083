"""Snapshots of every phase, with the longest words that a session says."""

from dataclasses import replace

from trainer.core.cues import Side
from trainer.core.link import Health, Vitals
from trainer.core.snapshot import LinkState, Phase, Snapshot

BASE = Snapshot(
    exercise="Toe curl",
    athlete="Anna",
    side=Side.LEFT,
    sets=3,
    reps=20,
    hold_goal_s=2.0,
    is_simulated=True,
    link=LinkState(rate_hz=80.4),
)

IN_WORK = replace(
    BASE,
    phase=Phase.WORK,
    is_press_asked=True,
    cue="HOLD",
    message="Hold until the ring is full.",
    set_number=2,
    rep=7,
    hold_s=1.3,
    force_n=25.0,
    target_low_n=22.0,
    target_high_n=28.0,
    mvc_n=62.0,
    can_undo=True,
)

NODE = Vitals(Health(battery_v=3.92), signal_dbm=-67)

ON_RADIO = replace(
    IN_WORK, is_simulated=False, link=LinkState(rate_hz=94.9, lost_samples=12, vitals=NODE)
)

LOST = replace(
    ON_RADIO,
    is_press_asked=False,
    cue="WAIT",
    message="The link to ToeNode was lost: looking for it for 6 s",
    link=LinkState(rate_hz=94.9, lost_samples=12, gaps=1, is_stale=True, vitals=NODE),
)

SNAPSHOTS: dict[str, Snapshot] = {
    "ready": replace(
        BASE,
        cue="READY",
        message=(
            "Anna: put your left foot on the pad. The pad cannot know whose foot, or which, "
            "stands on it: correct it here if this is wrong, then press Next."
        ),
    ),
    "tare": replace(
        BASE,
        phase=Phase.TARE,
        cue="RELAX",
        left_s=2.4,
        message="Rest the foot on the pad without pressing while it is set to zero.",
    ),
    "check": replace(
        BASE,
        phase=Phase.CHECK,
        cue="PRESS",
        force_n=6.0,
        message="Press once gently with the toes: the curve of the toes should rise.",
    ),
    "mvc_ready": replace(
        BASE,
        phase=Phase.MVC_READY,
        cue="READY",
        mvc_trial=1,
        mvc_trials=3,
        left_s=4.6,
        message=(
            "Next: 3 presses with your left foot, each as hard as you can for 4 seconds. They set "
            "your target; stop at any pain."
        ),
    ),
    "mvc_press": replace(
        BASE,
        phase=Phase.MVC_PRESS,
        cue="MAX",
        mvc_trial=2,
        mvc_trials=3,
        left_s=3.2,
        force_n=55.0,
        message="As hard as you can.",
    ),
    "mvc_rest": replace(
        BASE,
        phase=Phase.MVC_REST,
        cue="REST",
        mvc_trial=2,
        mvc_trials=3,
        left_s=27.5,
        message="Best so far 58 N.",
    ),
    "calf": replace(
        IN_WORK,
        cue="HEEL DOWN",
        is_compensating=True,
        message="Your calf is pushing: heel down, ankle still, press with the toes alone.",
    ),
    "tiring": replace(
        IN_WORK,
        rep=17,
        decline_pct=14.2,
        message=(
            "Your foot is tiring: presses are 14 % below the first ones. Next ends the set here."
        ),
    ),
    "countdown": replace(
        IN_WORK,
        phase=Phase.COUNTDOWN,
        is_press_asked=False,
        cue="3",
        rep=0,
        hold_s=0.0,
        left_s=2.7,
        message=(
            "Stand with heel and ball of the foot resting on the pad and press all toes down into "
            "it without lifting the heel or tipping the ankle. Hold, then let the toes go "
            "completely soft."
        ),
    ),
    "work_press": replace(IN_WORK, cue="PRESS", hold_s=0.0, force_n=9.0),
    "work_in": IN_WORK,
    "work_above": replace(IN_WORK, force_n=33.0, hold_s=0.8),
    "work_relax": replace(
        IN_WORK,
        is_press_asked=False,
        cue="RELAX",
        hold_s=0.0,
        force_n=1.0,
        rep=8,
        message="Let go completely.",
    ),
    "work_estimated": replace(IN_WORK, mvc_n=None, is_target_estimated=True),
    "work_no_target": replace(
        IN_WORK, mvc_n=None, target_low_n=None, target_high_n=None, rep=1, set_number=1
    ),
    "stale": replace(
        IN_WORK,
        link=LinkState(rate_hz=80.4, lost_samples=12, rejected_samples=3, gaps=1, is_stale=True),
        is_press_asked=False,
        cue="WAIT",
        message="No data from the pad for 2 s. Check its cable; the session stops after 10 s.",
    ),
    "radio": ON_RADIO,
    "radio_late": replace(ON_RADIO, link=replace(ON_RADIO.link, late_s=0.25)),
    "reconnecting": LOST,
    "radio_off": replace(
        LOST,
        message=(
            "The Bluetooth service does not run: sudo systemctl start bluetooth (where that is "
            "not known: sudo apt install bluez)"
        ),
    ),
    "low_battery": replace(
        ON_RADIO,
        link=replace(
            ON_RADIO.link, vitals=Vitals(Health(battery_v=3.41, is_battery_low=True), -79)
        ),
    ),
    "weak_signal": replace(
        ON_RADIO,
        link=LinkState(
            rate_hz=8.1,
            lost_samples=34,
            gaps=2,
            late_s=0.25,
            vitals=Vitals(Health(battery_pct=7.0), -91, reconnects=2, bad_bytes=48),
        ),
    ),
    "rest": replace(
        IN_WORK,
        phase=Phase.REST,
        is_press_asked=False,
        cue="SWITCH",
        rep=20,
        left_s=44.2,
        hold_s=0.0,
        side=Side.RIGHT,
        message="Change feet: put your right foot on the pad for the next set.",
    ),
    "follow": replace(
        IN_WORK,
        phase=Phase.FOLLOW,
        cue="HOLD",
        rep=112,
        reps=0,
        sets=0,
        set_number=3,
        hold_goal_s=0.0,
        is_simulated=False,
        message="A recording is shown: nothing is asked of you.",
    ),
    "sequence": replace(
        IN_WORK,
        exercise="Multi-plane sequence",
        block="work",
        is_press_asked=False,
        cue="SPREAD",
        reps=12,
        sets=22,
        set_number=13,
        hold_s=0.0,
        force_n=21.0,
        target_low_n=None,
        target_high_n=None,
        load_n=376.0,
        load_band_n=(224.0, 336.0),
        plane="SPREAD",
        message="Less weight on the foot.",
    ),
    "done": replace(
        IN_WORK,
        phase=Phase.DONE,
        is_press_asked=False,
        cue="DONE",
        rep=20,
        set_number=3,
        message="Done.",
    ),
    "stopped": replace(
        IN_WORK,
        is_press_asked=False,
        phase=Phase.STOPPED,
        cue="STOPPED",
        stop_reason="pain",
        message=(
            "Take the foot off the pad and leave this exercise for today. If the pain was sharp "
            "or stays, see a clinician before you go on."
        ),
    ),
    "long_names": replace(
        IN_WORK,
        exercise="Short foot with toes spread out, standing on one leg",
        athlete="Maria Magdalena Hohenberger-Wittelsbach of Neuschwanstein",
        rep=118,
        reps=120,
        set_number=10,
        sets=12,
        force_n=128.0,
        mvc_n=312.0,
        target_low_n=112.0,
        target_high_n=137.0,
        link=LinkState(rate_hz=1234.5, lost_samples=123456, rejected_samples=98765, gaps=4321),
        message=(
            "This hold was not counted: samples were lost on the way from the pad. Hold again, "
            "and move the pad nearer to the computer if it happens often."
        ),
    ),
}
"""Every phase, and what is hard to fit."""
