# Starts D-Bus, the controller's line and bluetoothd in the guest, runs the scenarios, ends it all.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin PYTHONPYCACHEPREFIX="$BYTECODE" PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
export HOME=/run/home XDG_RUNTIME_DIR=/run LANG=C.UTF-8
here="$CHECKOUT/tests/bluez/guest"
up() { echo "up $(cut -d' ' -f1 /proc/uptime) s: $1"; }
# Libraries that the host lacks lie beside the programs that need them.
beside() { LD_LIBRARY_PATH="$PACKAGES/usr/lib/x86_64-linux-gnu:$PACKAGES/lib/x86_64-linux-gnu" "$@"; }
mkdir -p "$HOME" /run/dbus
up "files are there"
beside "$PACKAGES/usr/bin/dbus-daemon" --config-file="$here/dbus.conf" --fork --nopidfile --nosyslog
"$PACKAGES/usr/bin/btattach" -B /dev/hvc0 -P h4 -N >/run/btattach.log 2>&1 &
cd "$CHECKOUT" || exit 1
up "scenarios begin"
"$PYTHON" -m tests.bluez.guest.main $SCENARIOS
echo "scenarios ended with status $?"
up "done"
cat /run/btattach.log
tail -n 20 /run/bluetoothd.log
# Debian 12 and 13 keep it in different folders.
PATH="$PACKAGES/usr/bin:$PACKAGES/bin"
exec busybox poweroff -f
