// SPDX-License-Identifier: GPL-3.0-or-later
// Which file systems count, as kernels list them, and one that does not answer.
#include "deviceagent/capabilities/health/disks.h"
#include "deviceagent/tests/machine.h"
#include "tests/support/testcase.h"

#include <QBuffer>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSemaphore>

#include <mutex>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::agent;
using muster::test::Machine;

class AgentDisksTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void choosesWhatFills_data();
    void choosesWhatFills();
    void findsADiskBehindManyMounts();
    void leavesOutWhatItsOwnerSays();
    void goesOnWithoutAFileSystemThatHangs();
    void givesUpWhenEverythingHangs();
};

void AgentDisksTest::choosesWhatFills_data()
{
    QTest::addColumn<QByteArray>("mounts");
    QTest::addColumn<QStringList>("chosen");

    QTest::newRow("a Raspberry Pi") << QByteArray(R"(22 28 0:20 / /sys rw,nosuid,nodev,noexec,relatime shared:7 - sysfs sysfs rw
23 28 0:21 / /proc rw,relatime shared:12 - proc proc rw
24 28 0:5 / /dev rw,nosuid,relatime shared:2 - devtmpfs udev rw,size=1678332k,nr_inodes=419583,mode=755
26 28 0:23 / /run rw,nosuid,nodev,noexec,relatime shared:5 - tmpfs tmpfs rw,size=388440k,mode=755
28 1 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw
40 28 0:34 / /proc/sys/fs/binfmt_misc rw,relatime shared:13 - autofs systemd-1 rw,fd=29,pgrp=1
50 28 179:1 / /boot/firmware rw,relatime shared:24 - vfat /dev/mmcblk0p1 rw,fmask=0022,dmask=0022
60 28 8:1 / /mnt/usb\040stick rw,relatime shared:26 - ext4 /dev/sda1 rw
61 28 254:1 / /var/log rw,relatime shared:27 - ext4 /dev/zram1 rw
)") << QStringList{u"/"_s, u"/boot/firmware"_s, u"/mnt/usb stick"_s};

    QTest::newRow("full by design") << QByteArray(R"(28 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
30 28 7:3 / /snap/core22/1621 ro,nodev,relatime shared:40 - squashfs /dev/loop3 ro,errors=continue
31 28 253:0 / /usr ro,relatime shared:41 - erofs /dev/mapper/usr ro,user_xattr,acl
32 28 11:0 / /media/cdrom ro,nosuid,nodev,relatime shared:42 - iso9660 /dev/sr0 ro,nojoliet
33 28 179:3 / /factory ro,relatime shared:43 - ext4 /dev/mmcblk0p3 ro
34 28 0:60 / /opt/image ro,relatime shared:44 - overlay overlay ro,lowerdir=/a:/b
35 28 7:9 / /srv/data rw,relatime shared:45 - ext4 /dev/loop9 rw
)") << QStringList{u"/"_s, u"/srv/data"_s};

    QTest::newRow("an image without a writable disk") << QByteArray(R"(20 1 179:2 / / ro,relatime - squashfs /dev/mmcblk0p2 ro
21 20 0:20 / /tmp rw - tmpfs tmpfs rw
)") << QStringList();

    // OpenWrt, and an overlay in memory.
    QTest::newRow("overlay and flash") << QByteArray(R"(13 0 254:1 / /rom ro,relatime - squashfs /dev/root ro
14 0 31:6 / /overlay rw,noatime - jffs2 /dev/mtdblock6 rw
15 0 0:12 / / rw,noatime - overlay overlayfs:/overlay rw,lowerdir=/,upperdir=/overlay/upper,workdir=/overlay/work
16 15 0:18 / /data rw,relatime - ubifs ubi0:data rw,assert=read-only,ubi=0,vol=2
)") << QStringList{u"/overlay"_s, u"/"_s, u"/data"_s};

    QTest::newRow("ZFS") << QByteArray(R"(28 1 0:26 / / rw,relatime shared:1 - zfs rpool/ROOT/pve-1 rw,xattr,posixacl
50 28 0:50 / /tank rw,noatime shared:30 - zfs tank rw,xattr,noacl
51 50 0:51 / /tank/with\040blank rw,noatime shared:31 - zfs tank/with\040blank rw,xattr,noacl
52 51 0:52 / /tank/.zfs/snapshot/monday ro,noatime shared:32 - zfs tank@monday ro,xattr,noacl
53 28 0:53 / /etc/pve rw,nosuid,nodev,relatime shared:33 - fuse /dev/fuse rw,user_id=0,group_id=0
)") << QStringList{u"/"_s, u"/tank"_s, u"/tank/with blank"_s};

    QTest::newRow("subvolumes and bind mounts") << QByteArray(R"(28 1 0:25 /@ / rw,relatime shared:1 - btrfs /dev/sda2 rw,ssd,subvol=/@
29 28 0:25 /@home /home rw,relatime shared:2 - btrfs /dev/sda2 rw,ssd,subvol=/@home
30 28 8:17 / /srv rw,relatime shared:3 - ext4 /dev/sdb1 rw
31 28 8:17 /www /var/www rw,relatime shared:3 - ext4 /dev/sdb1 rw
32 28 8:17 /docker/containers/a/hosts /etc/hosts rw,relatime - ext4 /dev/sdb1 rw
)") << QStringList{u"/"_s, u"/srv"_s};

    // ProtectSystem=strict mounts everything read-only for the unit: the file systems are not.
    QTest::newRow("a sandboxed unit") << QByteArray(
        R"(300 299 259:2 / / ro,relatime shared:200 master:1 - ext4 /dev/nvme0n1p2 rw,errors=remount-ro
301 300 259:3 / /data ro,relatime shared:201 master:2 - xfs /dev/nvme0n1p3 rw,attr2,inode64
302 300 259:2 /var/lib/muster-agent /var/lib/muster-agent rw,relatime shared:202 - ext4 /dev/nvme0n1p2 rw,errors=remount-ro
)") << QStringList{u"/"_s, u"/data"_s};

    QTest::newRow("somewhere else") << QByteArray(R"(28 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 28 0:40 / /mnt/nas rw,relatime shared:2 - nfs4 10.0.0.1:/export rw,vers=4.2,hard,proto=tcp
31 28 0:41 / /mnt/share rw,relatime shared:3 - cifs //10.0.0.1/share rw,vers=3.1.1
32 28 0:42 / /mnt/auto rw,relatime shared:4 - autofs /etc/auto.misc rw,fd=5,pgrp=1,timeout=300
33 28 0:43 / /mnt/ssh rw,nosuid,nodev,relatime shared:5 - fuse.sshfs me@there: rw,user_id=0
34 28 8:17 / /mnt/ntfs rw,relatime shared:6 - fuseblk /dev/sdb1 rw,user_id=0,allow_other
35 28 0:44 / /mnt/host rw,relatime - 9p /dev/root rw,trans=virtio
36 28 8:33 / /mnt/under rw,relatime shared:7 - ext4 /dev/sdc1 rw
37 36 0:45 / /mnt/under rw,relatime shared:8 - nfs 10.0.0.1:/over rw,vers=3,hard
)") << QStringList{u"/"_s, u"/mnt/ntfs"_s};

    QTest::newRow("a root in the network") << QByteArray("28 1 0:15 / / rw,relatime - nfs 10.0.0.1:/root rw,vers=3,hard,nolock\n")
                                           << QStringList();
    QTest::newRow("a container") << QByteArray(R"(600 599 0:60 / / rw,relatime - overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w
601 600 0:61 / /dev rw,nosuid - tmpfs tmpfs rw,size=65536k,mode=755
602 600 8:1 /docker/containers/a/resolv.conf /etc/resolv.conf rw,relatime - ext4 /dev/sda1 rw
)") << QStringList{u"/"_s, u"/etc/resolv.conf"_s};
    QTest::newRow("an early rootfs") << QByteArray(R"(1 1 0:2 / / rw - rootfs rootfs rw
12 1 31:3 / / rw,relatime - ext4 /dev/root rw
)") << QStringList{u"/"_s};
    QTest::newRow("nonsense") << QByteArray("x\n\n - - -\n1 2 3 4 5 6 - 7\n28 1 8:1 / / rw - ext4 /dev/sda1") << QStringList();
    QTest::newRow("a line longer than any") << QByteArray("600 599 0:60 / /long rw - overlay overlay rw,lowerdir=")
                                                   + QByteArray(65'482, 'x')
                                                   + " 28 1 8:1 / /trick rw - ext4 /dev/sda1 rw\n29 1 8:1 / /after rw - ext4 /dev/sda1 rw\n"
                                            << QStringList{u"/after"_s};
}

void AgentDisksTest::choosesWhatFills()
{
    QFETCH(QByteArray, mounts);
    QFETCH(QStringList, chosen);
    QBuffer buffer(&mounts);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    QCOMPARE(mountsThatFill(buffer, {}), chosen);
}

void AgentDisksTest::findsADiskBehindManyMounts()
{
    QByteArray mounts = "28 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n";
    for (int i = 0; mounts.size() < 1'000'000; ++i)
        mounts += "600 28 0:" + QByteArray::number(60 + i) + " / /var/lib/docker/overlay2/" + QByteArray::number(i)
                  + "/merged rw,relatime shared:400 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/ABC,upperdir=/u,workdir=/w\n";
    mounts += "700 28 8:17 / /data rw,relatime shared:900 - ext4 /dev/sdb1 rw\n";
    const Machine machine;
    machine.say(u"proc/self/mountinfo"_s, mounts);
    DiskUse disks(machine.root(), {}, [](const QString &point) { return point == "/data"_L1 ? 990 : 400; });
    disks.refresh();
    QTRY_COMPARE(disks.fullest(), 990);
}

void AgentDisksTest::leavesOutWhatItsOwnerSays()
{
    QByteArray mounts = R"(28 1 8:1 / / rw - ext4 /dev/sda1 rw
29 28 8:2 / /recordings rw - ext4 /dev/sda2 rw
30 28 8:2 /copy /mnt/recordings rw - ext4 /dev/sda2 rw
31 28 8:3 / /mnt/backup rw - ext4 /dev/sda3 rw
)";
    QBuffer buffer(&mounts);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    QCOMPARE(mountsThatFill(buffer, {u"/recordings"_s, u"/mnt/*"_s}), QStringList{u"/"_s});
}

void AgentDisksTest::goesOnWithoutAFileSystemThatHangs()
{
    const Machine machine;
    machine.say(u"proc/self/mountinfo"_s,
                "28 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
                "29 28 8:17 / /mnt/dying rw - fuseblk /dev/sdb1 rw\n"
                "30 28 8:33 / /data rw - ext4 /dev/sdc1 rw\n");
    QSemaphore answers;
    const auto release = qScopeGuard([&answers] { answers.release(100); });
    std::atomic<int> asked = 0;
    std::atomic<int> rounds = 0;
    DiskUse disks(machine.root(), {}, [&](const QString &point) -> std::optional<qint64> {
        if (point == "/mnt/dying"_L1) {
            ++asked;
            answers.acquire();
            return 999;
        }
        return point == "/data"_L1 ? 700 + ++rounds : 400;
    });
    disks.refresh();
    QTRY_COMPARE(asked, 1);
    QCOMPARE(disks.fullest(), HealthSample::missing);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the file system at /mnt/dying does not answer"_s));
    disks.refresh();
    QTRY_COMPARE(disks.fullest(), 701);
    // Nobody asks again as long as somebody still waits.
    disks.refresh();
    QTRY_COMPARE(disks.fullest(), 702);
    QCOMPARE(asked, 1);
    // It is back: it counts again.
    answers.release(100);
    for (int i = 0; i < 100 && disks.fullest() != 999; ++i) {
        const qint64 before = disks.fullest();
        disks.refresh();
        QTRY_VERIFY(disks.fullest() != before);
    }
    QCOMPARE(disks.fullest(), 999);
}

void AgentDisksTest::givesUpWhenEverythingHangs()
{
    const Machine machine;
    QByteArray mounts;
    for (const char *number : {"1", "2", "3", "4", "5"})
        mounts += QByteArray("28 1 8:") + number + " / /" + number + " rw - ext4 /dev/sda rw\n";
    machine.say(u"proc/self/mountinfo"_s, mounts);
    QSemaphore answers;
    std::atomic<int> asked = 0;
    DiskUse disks(machine.root(), {}, [&](const QString &) -> std::optional<qint64> {
        ++asked;
        answers.acquire();
        return 100;
    });
    for (int i = 1; i <= 3; ++i) {
        disks.refresh();
        QTRY_COMPARE(asked, i);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the file system at /%1 does not answer"_s.arg(i)));
    }
    for (int i = 0; i < 3; ++i)
        disks.refresh();
    QCOMPARE(disks.fullest(), HealthSample::missing);
    QCOMPARE(asked, 3);
    answers.release(100);
    for (int i = 0; i < 100 && disks.fullest() != 100; ++i) {
        disks.refresh();
        if (QTest::qWaitFor([&] { return disks.fullest() == 100; }, 1000))
            break;
    }
    QCOMPARE(disks.fullest(), 100);
}

MUSTER_TEST(AgentDisksTest)
#include "tst_agentdisks.moc"
