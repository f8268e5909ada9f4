// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/values.h"

#include <QObject>

namespace muster {

class Link;

/// Who this is for the server, and the ways in and out. Lives in the thread of the user interface.
class Account : public QObject
{
    Q_OBJECT
    Q_PROPERTY(muster::SessionInfo session READ session NOTIFY sessionChanged FINAL)
    Q_PROPERTY(bool setupNeeded READ isSetupNeeded NOTIFY setupNeededChanged FINAL)
    Q_PROPERTY(bool signingIn READ isSigningIn NOTIFY signingInChanged FINAL)
    Q_PROPERTY(QString signInError READ signInError NOTIFY signingInChanged FINAL)
    Q_PROPERTY(QString refusedMember READ refusedMember NOTIFY signingInChanged FINAL)

public:
    /// @param link where it is left, the session is empty
    explicit Account(Link *link, QObject *parent = nullptr);

    /// Empty while nobody is signed in.
    [[nodiscard]] const SessionInfo &session() const { return m_session; }
    /// The server has no account yet: only its one-time setup link lets anybody in.
    [[nodiscard]] bool isSetupNeeded() const { return m_setupNeeded; }
    [[nodiscard]] bool isSigningIn() const { return m_signingIn; }
    /// Why the last sign-in was refused; empty when it was not.
    [[nodiscard]] QString signInError() const { return m_signInError; }
    /// Which part of it the server refused, "user" or "password"; empty where it does not say.
    [[nodiscard]] QString refusedMember() const { return m_refusedMember; }

public slots:
    virtual void signIn(const QString &user, const QString &password) = 0;
    /// Redeems the token of a one-time sign-in link, or a whole link.
    virtual void redeem(const QString &tokenOrLink) = 0;
    /// Makes the first account with the token of the setup link, or the whole link.
    virtual void completeSetup(const QString &tokenOrLink, const QString &user, const QString &password) = 0;
    virtual void signOut() = 0;

signals:
    void sessionChanged();
    void setupNeededChanged();
    void signingInChanged();

protected:
    void setSession(const SessionInfo &session);
    void setSetupNeeded(bool needed);
    void setSigningIn(bool busy, const QString &error = {}, const QString &refusedMember = {});

    /// The token in "http://host/#/sign-in/TOKEN" or "…/setup/TOKEN", or the text itself.
    [[nodiscard]] static QString tokenOf(const QString &tokenOrLink);

private:
    SessionInfo m_session;
    bool m_setupNeeded = false;
    bool m_signingIn = false;
    QString m_signInError;
    QString m_refusedMember;
};

} // namespace muster
