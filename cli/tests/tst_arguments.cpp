// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"
#include "cli/commandtable.h"
#include "cli/help.h"
#include "tests/support/testcase.h"

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::cli;

class TestArguments : public test::TestCase
{
    Q_OBJECT

private slots:
    void theyAreRead()
    {
        const Result<Arguments> a = parseArguments({u"--profile"_s, u"p.json"_s, u"devices"_s, u"--json"_s, u"--state=offline"_s,
                                                    u"--sort"_s, u"-cpu"_s, u"--ca-certificate=ca.pem"_s});
        QVERIFY(a);
        QCOMPARE(a->profile, u"p.json"_s);
        QCOMPARE(a->ca, u"ca.pem"_s);
        QCOMPARE(a->command, u"devices"_s);
        QVERIFY(a->json);
        QCOMPARE(a->state, u"offline"_s);
        QCOMPARE(a->sort, u"-cpu"_s);
        QCOMPARE(parseArguments({u"--server"_s, u"https://a"_s, u"devices"_s, u"--server=https://b,https://c"_s})->servers,
                 (QStringList{u"https://a"_s, u"https://b,https://c"_s}));
        QCOMPARE(parseArguments({u"health"_s, u"x"_s, u"--range"_s, u"7d"_s})->rangeMs, 604'800'000);
        QCOMPARE(parseArguments({u"call"_s, u"x"_s, u"Y"_s, u"{}"_s, u"--later"_s, u"24h"_s})->laterMs, 86'400'000);
        const auto logs = parseArguments({u"logs"_s, u"x"_s, u"web"_s, u"-f"_s, u"--tail"_s, u"0"_s, u"--since"_s, u"10m"_s});
        QVERIFY(logs && logs->follow);
        QCOMPARE(logs->tail, 0);
        QCOMPARE(logs->sinceMs, 600'000);
        QCOMPARE(parseArguments({u"commands"_s, u"--state"_s, u"queued"_s, u"--device"_s, u"x"_s})->device, u"x"_s);
        QCOMPARE(
            parseArguments({u"shadow"_s, u"x"_s, u"--set"_s, u"a.b=1"_s, u"--set"_s, u"a.c=two words"_s, u"--set"_s, u"d=null"_s})->set,
            (QJsonObject{{"a"_L1, QJsonObject{{"b"_L1, 1}, {"c"_L1, "two words"_L1}}}, {"d"_L1, QJsonValue::Null}}));
        QCOMPARE((*parseArguments({u"call"_s, u"x"_s, u"Sys.GetInfo"_s, u"{\"a\":1}"_s})).params["a"_L1].toInt(), 1);
        const auto added = parseArguments({u"user"_s, u"--json"_s, u"add"_s, u"rosa"_s, u"--role"_s, u"admin"_s});
        QVERIFY(added);
        QCOMPARE(added->command, u"user add"_s);
        QCOMPARE(added->words, QStringList{u"rosa"_s});
        QCOMPARE(added->role, u"admin"_s);
        QVERIFY(parseArguments({u"device"_s, u"add"_s})->words.isEmpty());
        QCOMPARE(parseArguments({u"device"_s, u"add"_s, u"x"_s, u"--name"_s, u"Hall light"_s})->name, u"Hall light"_s);
        QVERIFY(parseArguments({u"device"_s, u"token"_s, u"x"_s, u"--revoke"_s})->revoke);
        QCOMPARE(parseArguments({u"device"_s, u"rename"_s, u"x"_s, u"Hall light"_s})->words.size(), 2);
        QCOMPARE(parseArguments({u"key"_s, u"add"_s, u"x"_s, u"--days=30"_s})->days, 30);
        QCOMPARE(parseArguments({u"health"_s, u"--"_s, u"-odd"_s})->words, QStringList{u"-odd"_s});
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        QTest::newRow("nothing") << QStringList{} << u"Say what to do"_s;
        QTest::newRow("unknown command") << QStringList{u"explode"_s} << u"explode"_s;
        QTest::newRow("unknown option") << QStringList{u"devices"_s, u"--range"_s, u"1h"_s} << u"--range"_s;
        QTest::newRow("no id") << QStringList{u"accept"_s} << u"accept ID"_s;
        QTest::newRow("too much") << QStringList{u"accept"_s, u"1"_s, u"2"_s} << u"accept ID"_s;
        QTest::newRow("no value") << QStringList{u"devices"_s, u"--text"_s} << u"--text"_s;
        QTest::newRow("empty value") << QStringList{u"key"_s, u"add"_s, u"x"_s, u"--user"_s, u""_s} << u"--user needs a value"_s;
        QTest::newRow("empty value, joined") << QStringList{u"commands"_s, u"--device="_s} << u"--device needs a value"_s;
        QTest::newRow("no fingerprint") << QStringList{u"verify-receipt"_s, u"f"_s, u"--fingerprint"_s, u""_s} << u"--fingerprint needs"_s;
        QTest::newRow("empty word") << QStringList{u"watch"_s, u""_s} << u"ID of watch is empty"_s;
        QTest::newRow("bad state") << QStringList{u"devices"_s, u"--state"_s, u"pending"_s} << u"pending"_s;
        QTest::newRow("follow elsewhere") << QStringList{u"devices"_s, u"--follow"_s} << u"--follow"_s;
        QTest::newRow("bad tail") << QStringList{u"logs"_s, u"x"_s, u"web"_s, u"--tail"_s, u"-1"_s} << u"-1"_s;
        QTest::newRow("a state of devices") << QStringList{u"commands"_s, u"--state"_s, u"online"_s} << u"online"_s;
        QTest::newRow("a container is missing") << QStringList{u"logs"_s, u"x"_s} << u"CONTAINER"_s;
        QTest::newRow("bad range") << QStringList{u"health"_s, u"x"_s, u"--range"_s, u"1y"_s} << u"1y"_s;
        QTest::newRow("endless range") << QStringList{u"health"_s, u"x"_s, u"--range"_s, u"99999d"_s} << u"99999d"_s;
        QTest::newRow("bad limit") << QStringList{u"audit"_s, u"--limit"_s, u"0"_s} << u"--limit"_s;
        QTest::newRow("a wish without a value") << QStringList{u"shadow"_s, u"x"_s, u"--set"_s, u"on"_s} << u"NAME=VALUE"_s;
        QTest::newRow("a wish without a name") << QStringList{u"shadow"_s, u"x"_s, u"--set"_s, u"a..b=1"_s} << u"NAME=VALUE"_s;
        QTest::newRow("a wish that is no object") << QStringList{u"shadow"_s, u"x"_s, u"--set"_s, u"{\"a\":"_s} << u"JSON object"_s;
        QTest::newRow("a number that is not exact") << QStringList{u"shadow"_s, u"x"_s, u"--set"_s, u"n=9007199254740993"_s} << u"2^53"_s;
        QTest::newRow("a number beyond all") << QStringList{u"shadow"_s, u"x"_s, u"--set"_s, u"n=1e400"_s}
                                             << u"no JSON that the server takes"_s;
        QTest::newRow("a wish twice in one") << QStringList{u"shadow"_s, u"x"_s, u"--set"_s, u"{\"a\":1,\"a\":2}"_s} << u"twice"_s;
        QTest::newRow("a version without a wish") << QStringList{u"shadow"_s, u"x"_s, u"--if-version"_s, u"3"_s} << u"needs --set"_s;
        QTest::newRow("bad JSON") << QStringList{u"call"_s, u"x"_s, u"M"_s, u"[1]"_s} << u"JSON object"_s;
        QTest::newRow("a token of nothing") << QStringList{u"device"_s, u"token"_s} << u"device token ID [--revoke]"_s;
        QTest::newRow("no new name") << QStringList{u"device"_s, u"rename"_s, u"x"_s} << u"device rename ID NAME"_s;
        QTest::newRow("half a command") << QStringList{u"user"_s} << u"user role NAME ROLE"_s;
        QTest::newRow("a second word that is none") << QStringList{u"user"_s, u"explode"_s} << u"user explode"_s;
        QTest::newRow("no role") << QStringList{u"user"_s, u"add"_s, u"x"_s} << u"--role customer|viewer|operator|admin"_s;
        QTest::newRow("bad role") << QStringList{u"user"_s, u"role"_s, u"x"_s, u"king"_s} << u"king"_s;
        QTest::newRow("bad days") << QStringList{u"key"_s, u"add"_s, u"x"_s, u"--days"_s, u"0"_s} << u"--days"_s;
        QTest::newRow("a value for a flag") << QStringList{u"devices"_s, u"--json=yes"_s} << u"--json=yes"_s;
        QTest::newRow("a letter with two dashes") << QStringList{u"logs"_s, u"x"_s, u"web"_s, u"--f"_s} << u"--f"_s;
        QTest::newRow("a name with one dash") << QStringList{u"devices"_s, u"-json"_s} << u"-json"_s;
        QTest::newRow("version of a command") << QStringList{u"devices"_s, u"--version"_s} << u"--version"_s;
        QTest::newRow("ids of nothing known") << QStringList{u"__ids"_s, u"secrets"_s} << u"secrets"_s;
        QTest::newRow("other shell") << QStringList{u"completion"_s, u"fish"_s} << u"bash"_s;
    }
    void mistakesAreNamed()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, named);
        const Result<Arguments> a = parseArguments(arguments);
        QVERIFY(!a);
        QVERIFY2(a.error().message.contains(named), qPrintable(a.error().message));
    }

    void helpIsAskedForInTwoWays()
    {
        for (const QStringList &arguments : {QStringList{u"logs"_s, u"--help"_s}, {u"help"_s, u"logs"_s}, {u"logs"_s, u"x"_s, u"-h"_s}}) {
            const Result<Arguments> a = parseArguments(arguments);
            QVERIFY2(a, qPrintable(arguments.join(u' ')));
            QVERIFY(a->help);
            QCOMPARE(a->command, u"logs"_s);
        }
        for (const QStringList &arguments : {QStringList{u"--help"_s}, {u"-h"_s}, {u"help"_s}}) {
            const Result<Arguments> a = parseArguments(arguments);
            QVERIFY2(a && a->help && a->command.isEmpty(), qPrintable(arguments.join(u' ')));
        }
        QVERIFY(parseArguments({u"version"_s})->version);
        QVERIFY(parseArguments({u"--version"_s})->version);
        QVERIFY(parseArguments({u"help"_s, u"explode"_s}).error().message.contains("explode"_L1));
    }

    void helpTellsEachCommand()
    {
        const QString all = usage();
        for (const CommandGroup &group : commandTable()) {
            for (const Command &command : group.commands) {
                QVERIFY2(all.contains(u"  "_s + command.shape()), qPrintable(command.name));
                const QString own = helpOf(command.name);
                QVERIFY2(own.startsWith(u"musterctl "_s + command.name), qPrintable(own));
                for (const Option &option : command.options)
                    QVERIFY2(own.contains(u"--"_s + option.name) && own.contains(option.help.left(20)), qPrintable(own));
                for (const QString &line : (all + own).split(u'\n'))
                    QVERIFY2(line.size() <= 122, qPrintable(line));
            }
        }
        // Of one command alone, or of those that begin alike.
        QVERIFY(helpOf(u"user"_s).contains("musterctl user add"_L1) && helpOf(u"user"_s).contains("musterctl user remove"_L1));
        QVERIFY(!helpOf(u"logs"_s).contains("approvals"_L1));
        QVERIFY(helpOf(u"__ids"_s).isEmpty() && helpOf(u"log"_s).isEmpty());
    }

    void theTableIsSound()
    {
        QStringList names;
        for (const CommandGroup &group : commandTable()) {
            for (const Command &command : group.commands) {
                QVERIFY2(!names.contains(command.name), qPrintable(command.name));
                names << command.name;
                bool wasOptional = false;
                for (const Word &word : command.words) {
                    QVERIFY2(word.optional || !wasOptional, qPrintable(command.name));
                    wasOptional = word.optional;
                }
            }
        }
    }

    void whatIsNotAsciiIsSaidAsItIs()
    {
        // The shape was a Latin-1 literal in a file of UTF-8, and came out as three letters.
        const Result<Arguments> a = parseArguments({u"verify-receipt"_s});
        QVERIFY(!a);
        QVERIFY2(a.error().message.contains(u"SHA256:…]"_s), qPrintable(a.error().message));
    }
};

MUSTER_TEST(TestArguments)
#include "tst_arguments.moc"
