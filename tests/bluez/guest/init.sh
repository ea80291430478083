#!/bin/sh
# The guest's first program: loads modules, lays a memory disk over the host's files, goes there.
B=/bin/busybox
$B mount -t proc proc /proc
$B mount -t sysfs sys /sys
$B mount -t devtmpfs dev /dev
. /settings
for module in $($B cat /lib/modules/order); do
    $B insmod /lib/modules/$module.ko || echo "insmod $module failed"
done
# The host's own files, read-only: environment and checkout are what they are there.
$B mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=512000,cache=loose hostroot /below
$B mount -t tmpfs tmpfs /above
$B mkdir /above/changed /above/work
$B mount -t overlay -o lowerdir=/below,upperdir=/above/changed,workdir=/above/work overlay /root
for folder in proc sys dev; do
    $B mount --move /$folder /root/$folder
done
# What runs on the host, and what its bluetoothd knows, is not the guest's.
$B mount -t tmpfs tmpfs /root/run
$B mkdir -p /root/var/lib/bluetooth
$B mount -t tmpfs tmpfs /root/var/lib/bluetooth
exec $B chroot /root /bin/sh "$CHECKOUT/tests/bluez/guest/start.sh"
