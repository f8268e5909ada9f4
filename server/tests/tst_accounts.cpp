// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/accounts.h"
#include "server/operators/passwords.h"
#include "server/operators/tokens.h"
#include "tests/support/testcase.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace muster;
using namespace muster::operators;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class AccountsTest : public test::TestCase
{
    Q_OBJECT

    static inline const QString password = u"a good password"_s;

    struct House
    {
        QTemporaryDir folder;
        store::MusterDatabase database{folder.filePath(u"muster.db"_s)};
        store::AccountStore store{database};
        std::unique_ptr<Accounts> accounts;
        House()
        {
            if (!database.open())
                qFatal("no database");
            begin();
        }
        void begin()
        {
            accounts = std::make_unique<Accounts>(store, 1h);
            if (!accounts->load())
                qFatal("no accounts");
        }
    };

    template <typename T>
    static T wait(QFuture<T> future)
    {
        (void)QTest::qWaitFor([&] { return future.isFinished(); }, 20'000);
        return future.result();
    }

    static qint64 add(House &house, const QString &name, Role role)
    {
        return wait(house.accounts->addAccount(name, role, password)).value_or(-1);
    }

private slots:
    void tokensAreRandomAndHashed()
    {
        QVERIFY(newToken(TokenKind::Session) != newToken(TokenKind::Session));
        QVERIFY(newToken(TokenKind::ApiKey).startsWith("msk_"_L1));
        QCOMPARE(newToken(TokenKind::Link).size(), 4 + 43);
        QCOMPARE(tokenHash(u"x"_s).size(), 32);
    }

    void passwordsAreArgon2id()
    {
        const auto hash = wait(hashPassword(password));
        QVERIFY(hash);
        QVERIFY(hash->startsWith("$argon2id$"_L1));
        QVERIFY(wait(passwordMatches(*hash, password)));
        QVERIFY(!wait(passwordMatches(*hash, password + u'x')));
        QVERIFY(!wait(passwordMatches({}, password)));
        QVERIFY(!checkPassword(u"too short"_s));
        QVERIFY(!checkPassword(QString(2000, 'x'_L1)));
    }

    void setsUpOnce()
    {
        House house;
        QVERIFY(house.accounts->setupNeeded());
        const QString token = *wait(house.accounts->makeLink(std::nullopt, 1h));
        QCOMPARE(wait(house.accounts->setUp(u"wrong"_s, u"a"_s, password, {}, {})).error().code, int(Unauthenticated));
        QCOMPARE(wait(house.accounts->setUp(token, u"a"_s, u"short"_s, {}, {})).error().code, int(InvalidParams));
        QCOMPARE(wait(house.accounts->setUp(token, u" a"_s, password, {}, {})).error().code, int(InvalidParams));
        const auto signIn = wait(house.accounts->setUp(token, u"Ada"_s, password, u"::1"_s, u"test"_s));
        QVERIFY(signIn);
        QCOMPARE(signIn->caller.role, Role::Admin);
        QCOMPARE(wait(house.accounts->setUp(token, u"b"_s, password, {}, {})).error().code, int(Unauthenticated));
        QVERIFY(house.accounts->callerOf(signIn->token, {}, {}).isSignedIn());
        // All of it survives a restart, but for the token itself, which is nowhere.
        house.begin();
        QVERIFY(!house.accounts->setupNeeded());
        QCOMPARE(house.accounts->callerOf(signIn->token, {}, {}).user, u"Ada"_s);
        QVERIFY(wait(house.accounts->signIn(u"ada"_s, password, {}, {})));
    }

    void aLinkIsGoodOnce()
    {
        House house;
        const qint64 ada = add(house, u"ada"_s, Role::Viewer);
        const QString token = *wait(house.accounts->makeLink(ada, 1h));
        const QString late = *wait(house.accounts->makeLink(ada, -1ms));
        QVERIFY(wait(house.accounts->redeem(token, u"1"_s, {})));
        QCOMPARE(wait(house.accounts->redeem(token, u"1"_s, {})).error().code, int(Unauthenticated));
        QCOMPARE(wait(house.accounts->redeem(late, u"1"_s, {})).error().code, int(Unauthenticated));
    }

    void slowsGuessersDown()
    {
        House house;
        add(house, u"ada"_s, Role::Viewer);
        Result<SignIn> last = failure(0, {});
        for (int i = 0; i < 11; ++i)
            last = wait(house.accounts->signIn(u"ada"_s, u"wrong password"_s, u"10.0.0.1"_s, {}));
        QCOMPARE(last.error().code, int(TooMany));
        // The right password does not help from there, but from elsewhere it does: a guesser must not lock the owner out.
        QCOMPARE(wait(house.accounts->signIn(u"ada"_s, password, u"10.0.0.1"_s, {})).error().code, int(TooMany));
        QVERIFY(wait(house.accounts->signIn(u"ada"_s, password, u"10.0.0.2"_s, {})));
    }

    void tellsTheSameToStrangers()
    {
        House house;
        add(house, u"ada"_s, Role::Viewer);
        QCOMPARE(wait(house.accounts->signIn(u"ada"_s, u"wrong password"_s, u"1"_s, {})).error(),
                 wait(house.accounts->signIn(u"bob"_s, u"wrong password"_s, u"1"_s, {})).error());
    }

    void endsSessionsAtOnce()
    {
        House house;
        add(house, u"root"_s, Role::Admin);
        const qint64 ada = add(house, u"ada"_s, Role::Operator);
        const auto signIn = wait(house.accounts->signIn(u"ada"_s, password, {}, {}));
        QVERIFY(signIn);
        QSignalSpy ended(house.accounts.get(), &Accounts::sessionEnded);
        auto removing = house.accounts->endSession(signIn->caller.session);
        QCOMPARE(ended.size(), 1); // before anything was written
        QVERIFY(!house.accounts->callerOf(signIn->token, {}, {}).isSignedIn());
        QVERIFY(wait(removing));
        house.begin();
        QVERIFY(!house.accounts->callerOf(signIn->token, {}, {}).isSignedIn());

        const auto second = wait(house.accounts->signIn(u"ada"_s, password, {}, {}));
        QVERIFY(wait(house.accounts->updateAccount(ada, std::nullopt, u"another password"_s)));
        QVERIFY(!house.accounts->callerOf(second->token, {}, {}).isSignedIn());
    }

    void aLostRoleTellsAtOnce()
    {
        House house;
        add(house, u"root"_s, Role::Admin);
        const qint64 ada = add(house, u"ada"_s, Role::Admin);
        const auto signIn = wait(house.accounts->signIn(u"ada"_s, password, {}, {}));
        QVERIFY(house.accounts->callerOf(signIn->token, {}, {}).may(permission::peopleManage));
        QVERIFY(wait(house.accounts->updateAccount(ada, Role::Viewer, std::nullopt)));
        QVERIFY(!house.accounts->callerOf(signIn->token, {}, {}).may(permission::peopleManage));
    }

    void keepsTheLastAdmin()
    {
        House house;
        const qint64 root = add(house, u"root"_s, Role::Admin);
        add(house, u"ada"_s, Role::Operator);
        QCOMPARE(wait(house.accounts->updateAccount(root, Role::Viewer, std::nullopt)).error().code, int(Conflict));
        QCOMPARE(wait(house.accounts->removeAccount(root)).error().code, int(Conflict));
        QCOMPARE(wait(house.accounts->addAccount(u"ROOT"_s, Role::Viewer, password)).error().code, int(Conflict));
    }

    void apiKeysComeAndGo()
    {
        House house;
        const qint64 root = add(house, u"root"_s, Role::Admin);
        const auto key = wait(house.accounts->addApiKey(root, u"ci"_s, std::nullopt));
        QVERIFY(key);
        const Caller caller = house.accounts->callerOf(key->first, u"::1"_s, {});
        QVERIFY(caller.isSignedIn() && caller.isApiKey);
        const auto expired = wait(house.accounts->addApiKey(root, u"old"_s, 1));
        QVERIFY(!house.accounts->callerOf(expired->first, {}, {}).isSignedIn());
        QVERIFY(wait(house.accounts->removeApiKey(key->second)));
        QVERIFY(!house.accounts->callerOf(key->first, {}, {}).isSignedIn());
    }

    void removesAnAccountWithAllItHolds()
    {
        House house;
        add(house, u"root"_s, Role::Admin);
        const qint64 ada = add(house, u"ada"_s, Role::Operator);
        const auto signIn = wait(house.accounts->signIn(u"ada"_s, password, {}, {}));
        const auto key = wait(house.accounts->addApiKey(ada, u"k"_s, std::nullopt));
        QVERIFY(wait(house.accounts->removeAccount(ada)));
        QVERIFY(!house.accounts->callerOf(signIn->token, {}, {}).isSignedIn());
        QVERIFY(!house.accounts->callerOf(key->first, {}, {}).isSignedIn());
        house.begin();
        QVERIFY(!house.accounts->callerOf(key->first, {}, {}).isSignedIn());
    }
};

MUSTER_TEST(AccountsTest)
#include "tst_accounts.moc"
