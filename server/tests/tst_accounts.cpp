// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/accounts.h"
#include "server/operators/passwords.h"
#include "server/operators/tokens.h"
#include "server/tests/fulldisk.h"
#include "server/tests/storeplace.h"
#include "tests/support/testcase.h"

#include <QRegularExpression>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace muster;
using namespace muster::operators;
using muster::store::Sql;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class AccountsTest : public test::TestCase
{
    Q_OBJECT

    static inline const QString password = u"a good password"_s;

    struct House
    {
        QTemporaryDir folder;
        store::MusterDatabase database{test::placeOf(folder.filePath(u"muster.db"_s))};
        store::AccountStore store{database};
        std::unique_ptr<Accounts> accounts;
        House()
        {
            if (!database.open())
                qFatal("no database");
            begin();
        }
        /// The disk does nothing until what this gives is released.
        struct HeldDisk
        {
            std::shared_ptr<QSemaphore> gate = std::make_shared<QSemaphore>();
            void release() { gate->release(); }
            ~HeldDisk() { gate->release(); }
        };
        HeldDisk holdDisk()
        {
            HeldDisk held;
            (void)database.writer().run([gate = held.gate](Sql &) -> Result<int> {
                gate->acquire();
                return 0;
            });
            (void)muster::test::eventually([this] { return database.writer().queued() == 0; });
            return held;
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
        (void)muster::test::eventually([&] { return future.isFinished(); });
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
        QVERIFY(wait(passwordMatches(*hash, password, PasswordFrom::Known)).value());
        QVERIFY(!wait(passwordMatches(*hash, password + u'x', PasswordFrom::Known)).value());
        QVERIFY(!wait(passwordMatches({}, password, PasswordFrom::Known)).value());
        QVERIFY(!checkPassword(u"too short"_s));
        QVERIFY(!checkPassword(QString(2000, 'x'_L1)));
    }

    void setsUpOnce()
    {
        House house;
        QVERIFY(house.accounts->setupNeeded());
        const QString token = *wait(house.accounts->makeLink(std::nullopt, 1h));
        QCOMPARE(wait(house.accounts->setUp(u"wrong"_s, u"a"_s, password, {}, {})).error().code, int(Unauthenticated));
        const Error shortPassword = wait(house.accounts->setUp(token, u"a"_s, u"short"_s, {}, {})).error();
        QCOMPARE(shortPassword.code, int(InvalidParams));
        QCOMPARE(shortPassword.detail["member"_L1], "password"_L1);
        const Error badName = wait(house.accounts->setUp(token, u" a"_s, password, {}, {})).error();
        QCOMPARE(badName.code, int(InvalidParams));
        QCOMPARE(badName.detail["member"_L1], "user"_L1);
        // Whoever tried passwords that nobody has yet is not shut out of the set-up.
        for (int i = 0; i < 11; ++i)
            (void)wait(house.accounts->signIn(u"admin"_s, u"wrong password"_s, u"::1"_s, {}));
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
        // Whoever holds a link that is good did not guess it; one that is not good is a guess like the others.
        const QString token = *wait(house.accounts->makeLink(house.accounts->accountNamed(u"ada"_s)->id, 1h));
        QCOMPARE(wait(house.accounts->redeem(u"guess"_s, u"10.0.0.1"_s, {})).error().code, int(TooMany));
        QVERIFY(wait(house.accounts->redeem(token, u"10.0.0.1"_s, {})));
    }

    void aGuesserHasOneNetworkHoweverManyAddresses()
    {
        House house;
        add(house, u"ada"_s, Role::Viewer);
        Result<SignIn> last = failure(0, {});
        for (int i = 0; i < 11; ++i)
            last = wait(house.accounts->signIn(u"ada"_s, u"wrong password"_s, u"2001:db8:1:2::%1"_s.arg(i + 1), {}));
        QCOMPARE(last.error().code, int(TooMany));
        QVERIFY(wait(house.accounts->signIn(u"ada"_s, password, u"2001:db8:1:3::1"_s, {})));
    }

    void aGuesserShutsNobodyOutOfWhereTheySignedIn()
    {
        House house;
        add(house, u"ada"_s, Role::Viewer);
        QVERIFY(wait(house.accounts->signIn(u"ada"_s, password, u"192.0.2.1"_s, {})));
        // From ten networks, ten each: as much as an account bears.
        QList<QFuture<Result<SignIn>>> guesses;
        for (int i = 0; i < 100; ++i) {
            guesses.append(house.accounts->signIn(u"ada"_s, u"wrong password"_s, u"10.0.%1.1"_s.arg(i / 10), {}));
            if (i % 20 == 19)
                (void)wait(guesses.last());
        }
        (void)wait(guesses.last());
        QCOMPARE(wait(house.accounts->signIn(u"ada"_s, password, u"198.51.100.1"_s, {})).error().code, int(TooMany));
        QVERIFY(wait(house.accounts->signIn(u"ada"_s, password, u"192.0.2.1"_s, {})));
        // The same after a start, while a session of it is left.
        house.begin();
        QVERIFY(house.accounts->knows(u"192.0.2.1"_s));
        QVERIFY(!house.accounts->knows(u"198.51.100.1"_s));
    }

    void strangersLeaveRoomForPasswordsOfOthers()
    {
        QList<QFuture<Result<bool>>> checks;
        for (int i = 0; i < passwordsWaitingMost; ++i)
            checks.append(passwordMatches({}, password, PasswordFrom::Stranger));
        const auto known = passwordMatches({}, password, PasswordFrom::Known);
        QCOMPARE(wait(checks.last()).error().code, int(TooMany));
        QVERIFY(wait(known));
        // It went before those who came first.
        QVERIFY(!checks.at(strangersWaitingMost - 1).isFinished());
        for (const auto &check : std::as_const(checks))
            (void)wait(check);
    }

    void whatIsCountedOutlivesEverNewKeys()
    {
        FailedAttempts attempts(2, 100);
        attempts.note(u"old"_s, 1);
        for (qint64 time = 2; time <= 3; ++time)
            attempts.note(u"guesser"_s, time);
        for (int i = 0; i < 98; ++i)
            attempts.note(u"new %1"_s.arg(i), 10);
        QVERIFY(!attempts.check(u"guesser"_s, 20));
        // One too many: what failed first goes, and nothing else.
        attempts.note(u"one more"_s, 20);
        attempts.note(u"old"_s, 20);
        attempts.note(u"new 5"_s, 20);
        QVERIFY(!attempts.check(u"new 5"_s, 20));
        QVERIFY(attempts.check(u"old"_s, 20));
    }

    void aGuesserIsForgottenAfterAQuarterOfAnHour()
    {
        FailedAttempts attempts(1, 100);
        attempts.note(u"guesser"_s, 1000);
        const auto refused = attempts.check(u"guesser"_s, 1000 + 60'000);
        QCOMPARE(refused.error().code, int(TooMany));
        QCOMPARE(refused.error().detail.toObject().value("retry_after_s"_L1).toInt(), 14 * 60 + 1);
        QVERIFY(attempts.check(u"guesser"_s, 1000 + 15 * 60'000));
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

    // --- at the same time ------------------------------------------------------------------------------------------

    void theOldPasswordOpensNothingOnceItIsChanged()
    {
        House house;
        add(house, u"root"_s, Role::Admin);
        const qint64 ada = add(house, u"ada"_s, Role::Operator);
        auto disk = house.holdDisk();
        auto changing = house.accounts->updateAccount(ada, std::nullopt, u"another password"_s);
        QTRY_COMPARE(house.database.writer().queued(), 1); // on its way to the disk
        auto signingIn = house.accounts->signIn(u"ada"_s, password, {}, {});
        QTRY_COMPARE(house.database.writer().queued(), 2);
        disk.release();
        QVERIFY(wait(changing));
        QCOMPARE(wait(signingIn).error().code, int(Unauthenticated));
        QVERIFY(house.accounts->sessions().isEmpty());
        QTRY_VERIFY(house.store.load(0).result()->sessions.isEmpty()); // nor after a restart
    }

    void aPasswordThatIsCheckedWhileItChangesIsWrong()
    {
        House house;
        add(house, u"root"_s, Role::Admin);
        const qint64 ada = add(house, u"ada"_s, Role::Operator);
        // Hashed first, so that it is changed while the other is still being checked.
        auto changing = house.accounts->updateAccount(ada, std::nullopt, u"another password"_s);
        QList<QFuture<Result<SignIn>>> signIns;
        for (int i = 0; i < 5; ++i)
            signIns.append(house.accounts->signIn(u"ada"_s, password, {}, {}));
        QVERIFY(wait(changing));
        for (auto &one : signIns) {
            const auto late = wait(one);
            QVERIFY(!late || !house.accounts->callerOf(late->token, {}, {}).isSignedIn());
        }
        QVERIFY(house.accounts->sessions().isEmpty());
    }

    void roleAndPasswordChangeAtOnce()
    {
        House house;
        add(house, u"root"_s, Role::Admin);
        const qint64 ada = add(house, u"ada"_s, Role::Operator);
        auto disk = house.holdDisk();
        auto other = house.accounts->updateAccount(ada, std::nullopt, u"another password"_s);
        QTRY_COMPARE(house.database.writer().queued(), 1);
        auto role = house.accounts->updateAccount(ada, Role::Viewer, std::nullopt);
        disk.release();
        QVERIFY(wait(other) && wait(role));
        const auto check = [&] {
            QCOMPARE(house.accounts->accountNamed(u"ada"_s)->role, u"viewer"_s);
            QVERIFY(wait(house.accounts->signIn(u"ada"_s, u"another password"_s, {}, {})));
        };
        check();
        house.begin();
        check();
    }

    void theLastTwoAdminsCannotBothGo_data()
    {
        QTest::addColumn<bool>("removed");
        QTest::newRow("removed") << true;
        QTest::newRow("demoted") << false;
    }

    void theLastTwoAdminsCannotBothGo()
    {
        QFETCH(const bool, removed);
        House house;
        const qint64 root = add(house, u"root"_s, Role::Admin);
        const qint64 ada = add(house, u"ada"_s, Role::Admin);
        const auto take = [&](qint64 account) {
            return removed ? house.accounts->removeAccount(account) : house.accounts->updateAccount(account, Role::Viewer, std::nullopt);
        };
        auto first = take(root);
        auto second = take(ada);
        QVERIFY(wait(first));
        QCOMPARE(wait(second).error().code, int(Conflict));
        QCOMPARE(house.accounts->accountNamed(u"ada"_s)->role, u"admin"_s);
        // A password on its way does not carry a role past that.
        QCOMPARE(wait(house.accounts->updateAccount(ada, Role::Viewer, u"another password"_s)).error().code, int(Conflict));
    }

    void setsUpOnceWhenAskedTwiceAtOnce()
    {
        House house;
        // Each start makes a link; an earlier one is good for a day.
        const QString one = *wait(house.accounts->makeLink(std::nullopt, 1h));
        const QString two = *wait(house.accounts->makeLink(std::nullopt, 1h));
        auto first = house.accounts->setUp(one, u"ada"_s, password, {}, {});
        auto second = house.accounts->setUp(two, u"eve"_s, password, {}, {});
        QVERIFY(wait(first));
        QVERIFY(!wait(second));
        QCOMPARE(house.accounts->accounts().size(), 1);
        QVERIFY(!wait(house.accounts->setUp(two, u"eve"_s, password, {}, {})));
    }

    void aLinkIsRedeemedOnceWhenAskedTwiceAtOnce()
    {
        House house;
        const qint64 ada = add(house, u"ada"_s, Role::Admin);
        const QString link = *wait(house.accounts->makeLink(ada, 1h));
        auto first = house.accounts->redeem(link, {}, {});
        auto second = house.accounts->redeem(link, {}, {});
        QVERIFY(wait(first));
        QCOMPARE(wait(second).error().code, int(Unauthenticated));
    }

    void aNameIsTakenOnceWhenAskedTwiceAtOnce()
    {
        House house;
        auto first = house.accounts->addAccount(u"Änne"_s, Role::Viewer, {});
        auto second = house.accounts->addAccount(u"änne"_s, Role::Viewer, {});
        QVERIFY(wait(first));
        QCOMPARE(wait(second).error().code, int(Conflict));
    }

    void whoIsRemovedMeanwhileGetsNothing()
    {
        House house;
        add(house, u"root"_s, Role::Admin);
        const qint64 ada = add(house, u"ada"_s, Role::Operator);
        const QString link = *wait(house.accounts->makeLink(ada, 1h));
        auto removing = house.accounts->removeAccount(ada);
        auto redeeming = house.accounts->redeem(link, {}, {});
        auto key = house.accounts->addApiKey(ada, u"k"_s, std::nullopt);
        auto next = house.accounts->makeLink(ada, 1h);
        QVERIFY(wait(removing));
        QCOMPARE(wait(redeeming).error().code, int(Unauthenticated));
        QCOMPARE(wait(key).error().code, int(NotFound));
        QCOMPARE(wait(next).error().code, int(NotFound));
        QVERIFY(house.accounts->sessions().isEmpty() && house.accounts->apiKeys().isEmpty());
    }

    // --- a full disk -------------------------------------------------------------------------------------------------

    void whatEndsEndsThoughTheDiskIsFull()
    {
        if (test::onPostgres())
            QSKIP("what is full here is the disk of the data folder");
        House house;
        const qint64 root = add(house, u"root"_s, Role::Admin);
        const auto signIn = wait(house.accounts->signIn(u"root"_s, password, {}, {}));
        const auto key = wait(house.accounts->addApiKey(root, u"k"_s, std::nullopt));
        const QString link = *wait(house.accounts->makeLink(root, 1h));
        QVERIFY(signIn && key);
        {
            const test::FullDisk full;
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be written"_s));
            QCOMPARE(wait(house.accounts->endSession(signIn->caller.session)).error().code, int(Unavailable));
            QCOMPARE(wait(house.accounts->removeApiKey(key->second)).error().code, int(Unavailable));
            QCOMPARE(wait(house.accounts->redeem(link, {}, {})).error().code, int(Unavailable));
        }
        QVERIFY(!house.accounts->callerOf(signIn->token, {}, {}).isSignedIn());
        QVERIFY(!house.accounts->callerOf(key->first, {}, {}).isSignedIn());
        QVERIFY(wait(house.accounts->redeem(link, {}, {}))); // it was not used
        // Something that ends is looked for at once, and with it what could not be written before.
        QVERIFY(wait(house.accounts->addApiKey(root, u"short"_s, QDateTime::currentMSecsSinceEpoch() + 50)));
        QTRY_COMPARE(house.accounts->apiKeys().size(), 0);
        QTRY_VERIFY(house.store.load(0).result()->apiKeys.isEmpty());
        QCOMPARE(house.store.load(0).result()->sessions.size(), 1);
    }

    void passwordsQueueOnlySoFar()
    {
        QList<QFuture<Result<bool>>> checks;
        const quint64 before = passwordsRefused();
        for (int i = 0; i < passwordsWaitingMost + 5; ++i)
            checks.append(passwordMatches({}, password, PasswordFrom::Known));
        const Result<bool> last = checks.last().result();
        QVERIFY(!last);
        QCOMPARE(last.error().code, int(TooMany));
        QVERIFY(last.error().detail["retry_after_s"_L1].toInt() > 0);
        QVERIFY(passwordsRefused() - before >= 4);
        for (auto &check : checks)
            (void)wait(check);
        QCOMPARE(passwordsWaiting(), 0);
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
