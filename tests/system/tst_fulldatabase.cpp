// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/postgresserver.h"
#include "tests/support/testcase.h"
#include "tests/system/house.h"
#include "tests/system/smalldisk.h"

#include <QDir>
#include <QFile>

#include <unistd.h>

using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// A PostgreSQL whose disk is full: the server says so and goes on reading, and is well again by itself.
class FullDatabaseTest : public TestCase
{
    Q_OBJECT

    House m_house;
    PostgresServer m_postgres;
    std::unique_ptr<SmallDisk> m_disk;

    [[nodiscard]] Ran add(const QString &name) { return m_house.ctl({u"user"_s, u"add"_s, name, u"--role"_s, u"viewer"_s}); }
    /// Fills its pages until it needs one that there is no room for: each refusal is an entry of the audit.
    [[nodiscard]] Ran addUntilItIsFull()
    {
        Ran ran{.code = 0};
        for (int i = 0; i < 1000 && ran.code == 0; ++i)
            ran = add(u"person-%1"_s.arg(i) + QString(50, u'x'));
        return ran;
    }

private slots:
    void initTestCase()
    {
        const QString space = m_house.path(u"space"_s);
        QVERIFY(QDir().mkpath(space));
        m_disk = std::make_unique<SmallDisk>(space, 48);
        if (!m_disk->trouble().isEmpty())
            QSKIP(qPrintable(u"a small disk needs root or user namespaces here: %1"_s.arg(m_disk->trouble())));
        // PostgreSQL is another user, and has to come there.
        const QString folder = space + "/postgres"_L1;
        QVERIFY(QDir().mkpath(folder));
        for (const QString &open : {space, m_house.path(QString())})
            QVERIFY(QFile::setPermissions(open, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeOther));
        if (::geteuid() == 0)
            QCOMPARE(::chown(QFile::encodeName(folder).constData(), PostgresServer::nobody, PostgresServer::nobody), 0);
        QVERIFY(m_postgres.start());
        QCOMPARE(m_postgres.ask(u"CREATE TABLESPACE small LOCATION '%1'"_s.arg(folder)), "CREATE TABLESPACE");
        QCOMPARE(m_house.prepare(m_postgres.makeDatabase(u"fleet"_s, u"TABLESPACE small"_s)), QString());
        QVERIFY(m_house.startServer());
        QCOMPARE(add(u"ada"_s).code, 0);
    }

    void itIsSaidAndReadingGoesOn()
    {
        QVERIFY(m_disk->fill());
        const Ran refused = addUntilItIsFull();
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.errors.contains("the disk of the database is full"_L1), qPrintable(refused.errors));
        QVERIFY(!m_house.list({u"users"_s}).isEmpty());
    }

    void itIsWellOnceThereIsRoom()
    {
        m_disk->makeRoom();
        QVERIFY(eventually([this] { return add(u"grace"_s).code == 0; }));
    }

    void cleanupTestCase()
    {
        if (m_disk->trouble().isEmpty())
            QCOMPARE(m_house.server().end(), 0);
        m_postgres.kill();
    }
};

MUSTER_TEST(FullDatabaseTest)
#include "tst_fulldatabase.moc"
