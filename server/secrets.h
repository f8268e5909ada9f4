// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace muster {

/// Whether what stands under this name is a secret: "wifiPassword", "api_key", "psk". A guess, that rather hides too much.
[[nodiscard]] bool isSecretName(const QString &name);

enum class Hidden {
    All,  ///< whatever has such a name
    Texts ///< texts alone: a pin that is a number may be one of a board's, and nobody signs in with true
};
/// A value with "…" in the place of secrets, at every depth. What is empty says that nothing is set, and stays.
[[nodiscard]] QJsonValue withoutSecrets(const QJsonValue &value, Hidden hidden);

/// The secrets in an object, as far as they are texts, for who looks for them elsewhere.
[[nodiscard]] QStringList secretTexts(const QJsonObject &object);

} // namespace muster
