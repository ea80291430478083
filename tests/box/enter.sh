#!/bin/sh
# The first steps of the box: its own view of this machine's files, then systemd as process 1.
# BOX is a folder in memory with changed, work, root; GROUP is the box's group of processes.
set -e
mount -t overlay -o "lowerdir=/,upperdir=$BOX/changed,workdir=$BOX/work" overlay "$BOX/root"
echo $$ >"$GROUP/cgroup.procs"
exec unshare --cgroup sh -e -c '
cd "$BOX/root"
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup sys/fs/cgroup
mount -t tmpfs -o mode=0755 tmpfs dev
for node in null zero full random urandom tty; do cp -a /dev/$node dev/; done
ln -s /proc/self/fd dev/fd
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
for folder in dev/shm tmp; do mount -t tmpfs -o mode=1777 tmpfs $folder; done
mount -t tmpfs -o mode=0755 tmpfs run
mkdir -p mnt
pivot_root . mnt
umount -l /mnt
exec env -i container=footspring SYSTEMD_UNIT_PATH=/etc/systemd/system:/etc/box/units \
    SYSTEMD_GENERATOR_PATH=/etc/box/none SYSTEMD_LOG_TARGET=console \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --unit=multi-user.target
'
