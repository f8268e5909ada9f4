// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QString>
#include <QUrl>

namespace muster {

/// Which server to talk to, and as whom.
struct Profile
{
    QUrl server;
    QString apiKey;        ///< empty: none
    QString caCertificate; ///< PEM file of whom to trust instead of the system's authorities; empty: those

    [[nodiscard]] bool isEmpty() const { return server.isEmpty(); }
};

/// What a person may paste to name a server: its address, or a one-time link to it.
struct Address
{
    enum class Kind : quint8 { Plain, SignIn, Setup };

    QUrl server;
    Kind kind = Kind::Plain;
    QString token; ///< of the link; empty for Plain
};

/// @param file a JSON file {"server":"https://fleet.example:8420","api_key":"…","ca_certificate":"…"}; empty: MUSTER_PROFILE of the
/// environment. MUSTER_SERVER, MUSTER_API_KEY and MUSTER_CA_CERTIFICATE stand above what the file says.
/// @return an empty profile where nothing names a server; InvalidParams saying what is wrong, and in which file.
[[nodiscard]] Result<Profile> loadProfile(const QString &file = {});

/// Reads "http://host:8420", "host:8420", "http://host/#/sign-in/TOKEN" or "http://host/#/setup/TOKEN".
[[nodiscard]] Result<Address> parseAddress(const QString &text);

} // namespace muster
