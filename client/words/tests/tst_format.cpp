// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/words/format.h"
#include "tests/support/testcase.h"

#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestFormat : public test::TestCase
{
    Q_OBJECT

private slots:
    void spans_data()
    {
        QTest::addColumn<qint64>("msecs");
        QTest::addColumn<QString>("text");
        QTest::newRow("negative") << qint64(-5) << u"0\u00A0s"_s;
        QTest::newRow("second") << qint64(1'999) << u"1\u00A0s"_s;
        QTest::newRow("minute") << qint64(60'000) << u"1\u00A0min"_s;
        QTest::newRow("hours") << qint64(47 * 3'600'000) << u"47\u00A0h"_s;
        QTest::newRow("days") << qint64(48 * 3'600'000) << u"2\u00A0days"_s;
        QTest::newRow("many days") << qint64(86'400'000LL * 1204) << u"1,204\u00A0days"_s;
    }
    void spans()
    {
        QFETCH(const qint64, msecs);
        QTEST(format::span(msecs), "text");
    }

    void ages()
    {
        QCOMPARE(format::ago(0, 1000), u"never"_s);
        QCOMPARE(format::ago(1000, 1500), u"just now"_s);
        QCOMPARE(format::ago(5000, 1000), u"just now"_s); // a clock ahead of ours
        QCOMPARE(format::ago(1000, 6000), u"5\u00A0s\u00A0ago"_s);
    }

    void valuesAreNoPlaces()
    {
        QCOMPARE(format::fill(u"%1 is %2"_s, {u"%1 50%2"_s, u"away"_s}), u"%1 50%2 is away"_s);
        QCOMPARE(format::fill(u"%2: %1, %1"_s, {u"%2"_s, u"%1"_s}), u"%1: %2, %2"_s);
        QCOMPARE(format::fill(u"100 % of %3 %"_s, {u"x"_s}), u"100 % of %3 %"_s);
        QCOMPARE(format::fill({}, {u"x"_s}), QString());
    }

    void values_data()
    {
        QTest::addColumn<int>("field");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, HealthField field, double value, const QString &text) {
            QTest::newRow(name) << int(field) << value << text;
        };
        row("missing", HealthField::Cpu, std::numeric_limits<double>::quiet_NaN(), u"–"_s);
        row("share", HealthField::Memory, 734, u"73\u00A0%"_s);
        row("as the server's condition says it", HealthField::Memory, 967, u"96\u00A0%"_s);
        row("nearly full is not full", HealthField::Disk, 999.9, u"99\u00A0%"_s);
        row("full", HealthField::Disk, 1000, u"100\u00A0%"_s);
        row("warm", HealthField::Temperature, 482, u"48.2\u00A0°C"_s);
        row("cold", HealthField::Temperature, -55, u"-5.5\u00A0°C"_s);
        row("slow", HealthField::NetworkIn, 12, u"12\u00A0B/s"_s);
        row("kilo", HealthField::NetworkIn, 12'400, u"12.4\u00A0kB/s"_s);
        row("rounds up to the next unit", HealthField::NetworkOut, 999'700, u"1.0\u00A0MB/s"_s);
        row("giga", HealthField::NetworkOut, 2.5e12, u"2,500\u00A0GB/s"_s);
        row("load", HealthField::Load, 42, u"0.42"_s);
    }
    void values()
    {
        QFETCH(const int, field);
        QFETCH(const double, value);
        QTEST(format::health(static_cast<HealthField>(field), value), "text");
    }

    void theStateSaysWhatIsWorst()
    {
        Device d;
        QCOMPARE(format::deviceState(d, 0), u"Never seen"_s);
        d.presence = states::Presence::Online;
        d.level = states::Level::Ok;
        QCOMPARE(format::deviceState(d, 0), u"Online"_s);
        d.level = states::Level::Failing;
        d.conditionText = u"Disk 97 %"_s;
        QCOMPARE(format::deviceState(d, 0), u"Disk 97 %"_s);
        d.presence = states::Presence::Offline;
        d.presenceSince = 1000;
        QCOMPARE(format::deviceState(d, 3 * 3'600'000 + 1000), u"Offline\u00A03\u00A0h"_s);
    }

    void clocks()
    {
        QVERIFY(!format::clockIsOff(4'000));
        QCOMPARE(format::clock(-41 * 60'000), u"41\u00A0min behind this server"_s);
        QCOMPARE(format::clock(8'000), u"8\u00A0s ahead of this server"_s);
    }

    void ticksAreShort()
    {
        QCOMPARE(format::healthTick(HealthField::NetworkIn, 25'000), u"25\u00A0kB/s"_s);
        QCOMPARE(format::healthTick(HealthField::Temperature, 400), u"40\u00A0°C"_s);
        QCOMPARE(format::healthTick(HealthField::Load, 150), u"1.5"_s);
    }

    void algorithms()
    {
        QCOMPARE(format::algorithm(u"EdDSA"_s, 256), u"Ed25519"_s);
        QCOMPARE(format::algorithm(u"RS256"_s, 3072), u"RSA, 3072 bits"_s);
    }

    void sizes()
    {
        QCOMPARE(format::kibibytes(0), u"–"_s);
        QCOMPARE(format::kibibytes(3'884'928), u"3.7\u00A0GiB"_s);
        QCOMPARE(format::kibibytes(512 * 1024), u"512\u00A0MiB"_s);
    }
};

MUSTER_TEST(TestFormat)
#include "tst_format.moc"
