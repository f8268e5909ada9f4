// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/musterdatabase.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

constexpr std::array migrations{Migration(":/muster/sql/muster/001-first.sql"), Migration(":/muster/sql/muster/002-commands.sql"),
                                Migration(":/muster/sql/muster/003-operations.sql"), Migration(":/muster/sql/muster/004-bulk.sql"),
                                Migration(":/muster/sql/muster/005-device-methods.sql")};

} // namespace

MusterDatabase::MusterDatabase(const QString &path)
    : m_writer({.path = path, .migrations = migrations, .durability = Durability::Full})
    , m_reader({.path = path, .migrations = migrations, .durability = Durability::Full, .readOnly = true})
{
}

Result<void> MusterDatabase::open()
{
    if (auto opened = m_writer.open(); !opened)
        return opened;
    return m_reader.open();
}

} // namespace muster::store
