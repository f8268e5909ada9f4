// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/mergerows.h"
#include "tests/support/modeltest.h"

#include <QAbstractListModel>
#include <QRandomGenerator>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

namespace {

struct Item
{
    QString id;
    int value = 0;
    bool operator==(const Item &) const = default;
};

class Model : public QAbstractListModel
{
public:
    QList<Item> items;
    void take(const QList<Item> &wanted) { Rows::merge(*this, items, wanted); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(items.size()); }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(items[index.row()].id) : QVariant();
    }

private:
    friend struct muster::Rows;
};

QList<Item> listOf(const QString &letters, int value = 0)
{
    QList<Item> list;
    for (const QChar c : letters)
        list << Item{QString(c), value};
    return list;
}

} // namespace

class TestMergeRows : public test::ModelTestCase
{
    Q_OBJECT

private slots:
    void fewWordsAreSaid_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<int>("removed");
        QTest::addColumn<int>("inserted");
        QTest::addColumn<int>("moved");
        QTest::newRow("nothing") << u"abc"_s << u"abc"_s << 0 << 0 << 0;
        QTest::newRow("first") << u""_s << u"abc"_s << 0 << 3 << 0;
        QTest::newRow("all gone") << u"abc"_s << u""_s << 3 << 0 << 0;
        QTest::newRow("one new above") << u"bcd"_s << u"abcd"_s << 0 << 1 << 0;
        QTest::newRow("one gone within") << u"abcd"_s << u"abd"_s << 1 << 0 << 0;
        QTest::newRow("one to the top") << u"abcd"_s << u"dabc"_s << 0 << 0 << 1;
        QTest::newRow("all at once") << u"abcde"_s << u"xeab"_s << 2 << 1 << 1;
    }
    void fewWordsAreSaid()
    {
        QFETCH(const QString, before);
        QFETCH(const QString, after);
        Model model;
        const QAbstractItemModelTester tester(&model);
        model.take(listOf(before));
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.take(listOf(after));
        QCOMPARE(model.items, listOf(after));
        QTEST(int(removed.count()), "removed");
        QTEST(int(inserted.count()), "inserted");
        QTEST(int(moved.count()), "moved");
        QCOMPARE(changed.count(), 0);
    }

    void onlyWhatDiffersIsDrawn()
    {
        Model model;
        model.take(listOf(u"abc"_s));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QList<Item> next = listOf(u"abc"_s);
        next[1].value = 7;
        model.take(next);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(model.items[1].value, 7);
    }

    void whatComesTwiceStandsOnce()
    {
        Model model;
        const QAbstractItemModelTester tester(&model);
        model.take(listOf(u"abab"_s));
        QCOMPARE(model.items, listOf(u"ab"_s));
        model.take(listOf(u"bbaab"_s));
        QCOMPARE(model.items, listOf(u"ba"_s));
    }

    void anyListBecomesAnyOther()
    {
        Model model;
        const QAbstractItemModelTester tester(&model);
        QRandomGenerator random(4); // the same numbers each time
        for (int round = 0; round < 300; ++round) {
            QString letters;
            for (char16_t c = u'a'; c <= u'z'; ++c) {
                if (random.bounded(2) == 1)
                    letters.insert(random.bounded(int(letters.size()) + 1), QChar(c));
            }
            const QList<Item> wanted = listOf(letters, random.bounded(2));
            model.take(wanted);
            QCOMPARE(model.items, wanted);
        }
    }
};

MUSTER_TEST(TestMergeRows)
#include "tst_mergerows.moc"
