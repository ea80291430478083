"""The checks of a pad: what is looked at, the limit with its source, and what helps."""

from typing import Final

from trainer.core.texts import noted
from trainer.doctor.finding import Check

SAMPLES: Final = Check(
    "samples",
    noted("Samples come"),
    "a converter at 80 a second is ready every 12.5 ms (HX711 data sheet)",
    noted(
        "Check plug, supply and the data line of the converter; on the radio, that the sensor is "
        "on and nobody else is connected to it: footspring scan."
    ),
    rule="samples of the force within 10 s",
)
RATE: Final = Check(
    "rate",
    noted("Samples a second"),
    "HX711 data sheet: 10 or 80; boards run at 87 to 93 (measured); below 40 no rise of force is "
    "seen",
    noted(
        "About 10: set the converter's RATE pin high. More than 400: its data line is stuck low; "
        "check the wire. Else its clock is off: exchange the converter."
    ),
    "Hz",
    rule="72 to 96 Hz, 288 to 352 of a converter set to 320; fails below 40 and above 400",
)
JITTER: Final = Check(
    "jitter",
    noted("Unevenness of the samples"),
    "chosen: a tenth of 12.5 ms; the filters take samples as even",
    noted(
        "Something keeps the reader busy: end other programs; on a Pi's pins use the wiring by SPI."
    ),
    "ms",
    1.25,
    6.0,
)
STUCK: Final = Check(
    "stuck",
    noted("Data line at one level"),
    "HX711 data sheet: a line at 0 V reads 0, one at supply -1, an input that floats full scale",
    noted(
        "0: the data line is at ground. -1: no supply, or the line is at it. Full scale: a wire "
        "of the cell is off (E+, E-, A+ or A-). Check that cell's wires."
    ),
    "% of samples",
    rule="less than half of the samples the same end code (0, -1, full scale)",
)
CODES: Final = Check(
    "codes",
    noted("Different values"),
    "noise of 58 counts (HX711 data sheet at 3.3 V) shows more than 100 of them in 10 s",
    noted(
        "The value is frozen: switch the pad off and on; if it stays so, the converter is broken."
    ),
    "values",
    rule="16 or more while nobody presses; fails at 2 or fewer",
)
BITS: Final = Check(
    "bits",
    noted("Stuck bits"),
    "counting: noise that ranges over twice a bit's worth has it both set and clear",
    noted(
        "A bit never changes: a clock pulse is lost (bit 0 always 0) or the converter is broken. "
        "Check the clock wire, shorten it, then exchange the converter."
    ),
    rule="every bit that the noise ranges over changes; higher ones are not judged",
)
NOISE_COUNTS: Final = Check(
    "noise_counts",
    noted("Noise of the converter"),
    "five times the 90 nV of the HX711 data sheet (80 a second, gain 128), which are 58 counts at "
    "3.3 V; boards show about twice the data sheet",
    noted(
        "Twist or shield the cell's wires, keep them from the supply, put 100 nF at the board, "
        "and use no charger while you train."
    ),
    "counts",
    290.0,
    2900.0,
)
NOISE_N: Final = Check(
    "noise_n",
    noted("Noise as force"),
    "five times what a 50 kg cell and a HX711 show on a board (0.01 N)",
    noted("As for the noise of the converter; a cell for far more than 50 kg is too coarse."),
    "N",
    0.05,
    0.5,
)
SATURATED: Final = Check(
    "saturated",
    noted("Samples at full scale"),
    "HX711 data sheet: beyond the range the code stays at its end",
    noted(
        "Take everything off the pad. If it stays, a wire of the cell is off or the amplifier's "
        "gain is too high for the cell."
    ),
    "% of samples",
    0.0,
    1.0,
)
HEADROOM: Final = Check(
    "headroom",
    noted("Range used at rest"),
    "a 50 kg cell of 2 mV/V uses 51 % of a HX711's range at 3.3 V (data sheets)",
    noted(
        "The cell is bent by its mounting or overloaded before: loosen and fix it anew, without "
        "force."
    ),
    "% of full scale",
    45.0,
    90.0,
)
GLITCHES: Final = Check(
    "glitches",
    noted("False samples"),
    "a session holds lone ones; users see 1 to 5 % (bogde/HX711 issue 83) where it reads late",
    noted(
        "Codes as 2^k - 1, 0 or -1 come of reading late or of a clock line held high: use the "
        "wiring by SPI, shorten the wires, end other programs."
    ),
    "% of samples",
    0.1,
    1.0,
)
LOST: Final = Check(
    "lost",
    noted("Lost samples"),
    "chosen: one in 200; up to 5 in a row are held in their place",
    noted(
        "On the radio: bring the pad closer and the body out of the way. On the pins: end other "
        "programs."
    ),
    "%",
    0.5,
    5.0,
)
GAPS: Final = Check(
    "gaps",
    noted("Breaks of more than 5 samples"),
    "a rep never crosses one",
    noted(
        "On the radio: bring the pad closer, charge its battery. On the pins: check for a loose "
        "wire."
    ),
    "",
    0.0,
    2.0,
)
DOUBTFUL: Final = Check(
    "doubtful",
    noted("Frames that the pad doubts"),
    "chosen; frames tell of samples fetched too late, and of a full queue",
    noted("The pad's processor or radio is behind: bring it closer, charge it, restart it."),
    "% of frames",
    1.0,
    10.0,
)
POWER_DOWN: Final = Check(
    "power_down",
    noted("Converter fell asleep"),
    "HX711 data sheet: a clock line high for 60 us switches it off",
    noted(
        "The clock line is held high too long: use the wiring by SPI, and put 10 kohm from it to "
        "ground."
    ),
    "times",
    0.0,
    10.0,
)
DRIFT: Final = Check(
    "drift",
    noted("Drift of the rest level"),
    "six times the creep of a 50 kg cell by its data sheet (0.05 % of full scale in 3 min)",
    noted(
        "Let the pad warm up for ten minutes, keep sun and draught off, and look for a part that "
        "rubs. Then footspring doctor again."
    ),
    "N/min",
    0.5,
    3.0,
)
STEP: Final = Check(
    "step",
    noted("Jumps of the rest level"),
    "chosen: twelve times the noise that is allowed above",
    noted("If nobody touched it: look for a loose screw, a loose wire or a part that catches."),
    "N",
    0.6,
    10.0,
)
ZERO: Final = Check(
    "zero",
    noted("Rest level off the calibration's zero"),
    "2 % of a 50 kg cell: the zero balance in its data sheet",
    noted(
        "Take everything off the pad. If nothing was on it, something was screwed since: "
        "footspring calibrate."
    ),
    "N",
    10.0,
)
ANSWER: Final = Check(
    "answer",
    noted("Every cell answers a press"),
    "5 N, or 20,000 counts without a calibration (2 N of a 50 kg cell)",
    noted("Press in its middle. If it stays silent, check its four wires."),
    rule="5 N or more where you press",
)
CELLS: Final = Check(
    "cells",
    noted("Each cell in its place"),
    "the cell that is pressed answers most",
    noted("Two cells are swapped: exchange their data wires, or their names in the pin table."),
    rule="the pressed cell answers most",
)
POLARITY: Final = Check(
    "polarity",
    noted("Pressing counts upwards"),
    "a press is a positive force",
    noted("Exchange A+ and A- (green and white) of that cell, then footspring calibrate."),
    rule="positive where you press",
)
IMU_RATE: Final = Check(
    "imu_rate",
    noted("Inertial samples a second"),
    "LSM6DS data sheets: set to 104",
    noted(
        "Restart the pad. If it stays so, the sensor is set otherwise or its line is overloaded."
    ),
    "Hz",
    rule="94 to 115 Hz",
)
IMU_ALIVE: Final = Check(
    "imu_alive",
    noted("Inertial sensor lives"),
    "its noise changes the last digits (LSM6DS data sheets)",
    noted(
        "Its values are frozen or it says that it fails: switch the pad off and on, check its "
        "wires."
    ),
    rule="every axis changes, and no fault is told",
)
GRAVITY: Final = Check(
    "gravity",
    noted("Gravity at rest"),
    "5 % of 9.81 m/s2: three axes off by 40 mg each (LSM6DS data sheets) and a lying pad",
    noted("Lay the pad still. If it stays so, the sensor is broken or its range is another one."),
    "m/s2 off",
    0.5,
    2.0,
)
LEVEL: Final = Check(
    "level",
    noted("Sensor's z axis is up"),
    "chosen: 20 degrees are a slope, more is another way of mounting",
    noted(
        "Lay the pad level. If it was, the sensor is mounted on its side or head down: turn it "
        "so that its z axis points up."
    ),
    "degrees",
    20.0,
    45.0,
)
GYRO: Final = Check(
    "gyro",
    noted("Turning while it lies still"),
    "10 degrees a second: the largest zero offset in LSM6DS data sheets",
    noted("Lay the pad down and touch nothing. If it stays so, the sensor is broken."),
    "degrees/s",
    10.0,
    30.0,
)
AXES: Final = Check(
    "axes",
    noted("Sensor's x axis is forward"),
    "raising the heel end lowers x and turns about y (right-handed axes)",
    noted("The sensor is turned: mount it with x towards the toes and y to the left."),
    rule="x falls, y stays, y turns forward when the heel end is raised",
)
PAD_CHECKS: Final = (
    *(SAMPLES, RATE, JITTER, STUCK, CODES, BITS, NOISE_COUNTS, NOISE_N, SATURATED, HEADROOM),
    *(GLITCHES, LOST, GAPS, DOUBTFUL, POWER_DOWN, DRIFT, STEP, ZERO, ANSWER, CELLS, POLARITY),
    *(IMU_RATE, IMU_ALIVE, GRAVITY, LEVEL, GYRO, AXES),
)
