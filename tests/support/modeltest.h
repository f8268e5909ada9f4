// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testcase.h"

#include <QAbstractItemModelTester>
#include <QStringListModel>

namespace muster::test {

/// A test of item models.
class ModelTestCase : public TestCase
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        // The tester warns once that this program has no QFont, which a model without fonts need not mind.
        QStringListModel model({QStringLiteral("row")});
        const QAbstractItemModelTester tester(&model);
    }
};

} // namespace muster::test
