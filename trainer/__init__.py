"""The trainer: from the pad to the picture to the report.

The route, folder by folder, in the order a sample passes them. A folder imports only folders
that stand above it and that its row names; all of `trainer` may import core and numpy. The
contract in .importlinter reads this table, so a folder without a row fails `make check`.

folder       job                                                    may import
-----------  -----------------------------------------------------  ------------------------------
calibration  counts to newtons: the model of a calibrated pad       -
core         values, ports, errors, clock, settings, units          platformdirs
wire         bytes to packets and back; no IO                       -
recording    the files of a recording: live, cut off, plain CSV     calibration wire mcap pyarrow
                                                                    zstandard
timing       packets to blocks: device ticks to seconds, losses     wire
sources      where packets come from: simulated pad, radio, pins,   calibration wire recording
             recording                                              bleak dbus_fast adafruit_hx711
                                                                    adafruit_lsm6ds board lgpio
                                                                    adafruit_tca9548a spidev
                                                                    cedargrove_nau7802
signal       blocks to blocks: calibration, filters, attitude       calibration scipy
detect       blocks to events: holds, calf, fatigue, taps, sway     -
coach        events to cues: exercises, sets and rests, safety      -
nodekit      the foot node: its files on a board, its state, name   wire sources bleak
library      the database of athletes, sessions, the diary          recording coach sqlalchemy
                                                                    alembic cattrs
plan         the next weeks from the diary                          coach scipy
progress     results over weeks and what they can show              coach scipy
devices      devices and shoes: catalogue, checks, comparison       coach detect scipy
running      watch files and what they tell of the runs             defusedxml fitdecode scipy
doctor       diagnosis: what a pad's samples and this machine show  calibration timing signal
report       afterwards: one self-contained HTML file               lower scipy matplotlib jinja2
terminal     now, without a window: live screen or plain lines      lower rich
dashboard    now, in a window                                       lower PySide6 pyqtgraph
box          now, under the foot and by ear: button, light, sound   lower gpiozero
app          joins the folders: pipeline, session, engine           lower scipy polib tomlkit
                                                                    watchdog
cli          the command `footspring`, one file per sub-command     app scipy rich

`lower` is every folder above the row, save that report, terminal, dashboard and box never import
each other. Pure folders (wire, timing, signal, detect, coach, plan, progress,
devices, doctor) know no event loop, clock,
thread, file, random number or log.
"""
