// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/passwords.h"

#include <QJsonObject>
#include <QPromise>
#include <QThreadPool>

#include <atomic>
#include <sodium.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::operators {

namespace {

QThreadPool &pool()
{
    static QThreadPool one;
    static const bool set = [] {
        one.setMaxThreadCount(1);
        return sodium_init() >= 0;
    }();
    Q_UNUSED(set)
    return one;
}

std::atomic<int> waiting{0};
std::atomic<quint64> refused{0};
/// What who is refused is told, s.
constexpr int retryAfter = 5;

/// Runs work that gives a Result.
template <typename Work>
auto inPool(PasswordFrom from, Work work)
{
    using R = std::invoke_result_t<Work>;
    auto promise = std::make_shared<QPromise<R>>();
    promise->start();
    auto future = promise->future();
    if (waiting.fetch_add(1) >= (from == PasswordFrom::Known ? passwordsWaitingMost : strangersWaitingMost)) {
        --waiting;
        ++refused;
        promise->addResult(failure(TooMany, u"too many passwords wait to be checked: try again in %1 s"_s.arg(retryAfter),
                                   QJsonObject{{"retry_after_s"_L1, retryAfter}}));
        promise->finish();
        return future;
    }
    pool().start(
        [promise, work = std::move(work)] {
            promise->addResult(work());
            --waiting;
            promise->finish();
        },
        from == PasswordFrom::Known ? 1 : 0);
    return future;
}

Result<QString> hashNow(const QByteArray &password)
{
    QByteArray hash(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str_alg(hash.data(), password.constData(), static_cast<unsigned long long>(password.size()),
                              crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13)
        != 0)
        return failure(Unavailable, u"the server has too little memory to hash a password"_s);
    return QString::fromLatin1(hash.constData());
}

} // namespace

Result<void> checkPassword(const QString &password)
{
    if (password.size() < passwordLength)
        return failure(InvalidParams, u"the password has %1 characters: give at least %2"_s.arg(password.size()).arg(passwordLength));
    if (password.size() > passwordLengthMost)
        return failure(InvalidParams, u"the password has over %1 characters"_s.arg(passwordLengthMost));
    return {};
}

QFuture<Result<QString>> hashPassword(const QString &password)
{
    // Who sets a password is signed in, or holds a link.
    return inPool(PasswordFrom::Known, [utf8 = password.toUtf8()] { return hashNow(utf8); });
}

QFuture<Result<bool>> passwordMatches(const QString &hash, const QString &password, PasswordFrom from)
{
    return inPool(from, [known = hash.toLatin1(), utf8 = password.left(passwordLengthMost).toUtf8()]() -> Result<bool> {
        // Who has no account, or no password, must not answer faster than who has.
        static const QByteArray nobody = hashNow("nobody's password").value_or(QString()).toLatin1();
        const QByteArray &hashed = known.isEmpty() ? nobody : known;
        const bool same = crypto_pwhash_str_verify(hashed.constData(), utf8.constData(), static_cast<unsigned long long>(utf8.size())) == 0;
        return same && !known.isEmpty();
    });
}

int passwordsWaiting()
{
    return waiting;
}

quint64 passwordsRefused()
{
    return refused;
}

} // namespace muster::operators
