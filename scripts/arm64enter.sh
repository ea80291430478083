# Runs a command in an arm64 Debian: sh arm64enter.sh ROOT EMULATOR BOUND COMMAND...
# It begins with namespaces of its own, in which it is root, so the mounts and the word that arm64
# programs are the emulator's end with it. BOUND is a folder to be seen as /mnt.
set -e
root=$1
emulator=$2
bound=$3
shift 3
if [ -n "$emulator" ]; then
    mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
    # ELF, 64 bit, little endian, a program or a shared object, machine 183; F: opened here and now,
    # so the emulator need not lie in the root.
    magic='\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
    mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
    printf '%s' ":footspring-arm64:M::$magic:$mask:$emulator:F" >/proc/sys/fs/binfmt_misc/register
fi
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev/shm"
mount --bind "$bound" "$root/mnt"
# The processor of a Pi 4: what the emulator offers by itself has vectors (SVE) that no Pi has, and
# with them qemu 7.2 multiplies matrices wrongly (measured: numpy's @ of (2, 4) by (4, 4)).
# debootstrap calls it lxc where no device can be made: those it needs are there already.
exec env -i container=lxc DEBIAN_FRONTEND=noninteractive HOME=/root LC_ALL=C.UTF-8 \
    PATH=/opt/footspring/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    QEMU_CPU=cortex-a72 PIP_CERT=/mnt/certificates.pem LG_WD=/tmp QT_QPA_PLATFORM=offscreen BLINKA_SKIP_DEPENDENCY_CHECK=1 PYPI=1 \
    chroot "$root" "$@"
