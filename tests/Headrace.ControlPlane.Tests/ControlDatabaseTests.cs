using Microsoft.Data.Sqlite;

namespace Headrace.ControlPlane.Tests;

public sealed class ControlDatabaseTests : IDisposable
{
    private const string Table = "CREATE TABLE thing (name TEXT PRIMARY KEY, owner TEXT REFERENCES thing (name))";

    private readonly string _root = Directory.CreateTempSubdirectory("headrace-control-").FullName;
    private ControlDatabase _database;

    public ControlDatabaseTests()
    {
        _database = Open();
        _database.Migrate("things", Table);
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void WhatWasWrittenIsThereAfterReopening()
    {
        Insert("a");
        _database.Dispose();
        _database = Open();
        Names().ShouldBe(["a"]);
    }

    [Fact]
    public void WhatWasWrittenIsInTheFilesBeforeTheDatabaseIsClosed()
    {
        Insert("a");
        // What a killed process leaves: the files as they are while the database is still open.
        var left = Directory.CreateDirectory(Path.Combine(_root, "left")).FullName;
        foreach (var file in Directory.GetFiles(_root, "headrace.db*"))
            File.Copy(file, Path.Combine(left, Path.GetFileName(file)));
        using var reopened = ControlDatabase.Open(Path.Combine(left, "headrace.db"));
        NamesIn(reopened).ShouldBe(["a"]);
    }

    [Fact]
    public void AFileThatIsNoDatabaseIsRefused()
    {
        var path = Path.Combine(_root, "other.db");
        File.WriteAllText(path, new string('x', 8192));
        Should.Throw<IOException>(() => ControlDatabase.Open(path)).Message.ShouldContain(path);
    }

    [Fact]
    public async Task WritesThatWaitAreCommittedTogetherAndFailAlone()
    {
        const int writers = 12;
        using var entered = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        var first = Task.Run(() => _database.Write(session =>
        {
            session.Execute("INSERT INTO thing VALUES ('first', NULL)");
            entered.Release();
            release.Wait();
        }));
        await entered.WaitAsync(TestContext.Current.CancellationToken);
        using var queued = new CountdownEvent(writers);
        var threads = Enumerable.Range(0, writers).Select(number => Task.Factory.StartNew(
            () =>
            {
                queued.Signal();
                _database.Write(session =>
                {
                    session.Execute("INSERT INTO thing VALUES ($name, NULL)", ("$name", $"w{number:D2}"));
                    if (number % 3 == 0)
                        throw new InvalidOperationException($"{number}");
                    // Each sees what those before it in the same commit did, and nothing of those that failed.
                    session.Scalar("SELECT name FROM thing WHERE name IN ('w00', 'w03', 'w06', 'w09')").ShouldBeNull();
                    if (number % 3 == 1)
                        session.Execute("INSERT INTO thing VALUES ('first', NULL)");
                });
            },
            TaskCreationOptions.LongRunning)).ToList();
        queued.Wait(TestContext.Current.CancellationToken);
        release.Set();
        await first;
        foreach (var (thread, number) in threads.Select((thread, number) => (thread, number)))
        {
            if (number % 3 == 0)
                (await Should.ThrowAsync<InvalidOperationException>(thread)).Message.ShouldBe($"{number}");
            else if (number % 3 == 1)
                await Should.ThrowAsync<SqliteException>(thread);
            else
                await thread;
        }
        Names().ShouldBe(["first", "w02", "w05", "w08", "w11"]);
    }

    [Fact]
    public void AFailureRollsBackTheWholeTransaction()
    {
        Should.Throw<InvalidOperationException>(() => _database.Write(session =>
        {
            session.Execute("INSERT INTO thing VALUES ('a', NULL)");
            throw new InvalidOperationException("No.");
        }));
        Names().ShouldBeEmpty();
        Insert("b");
        Names().ShouldBe(["b"]);
    }

    [Fact]
    public void MigrationsRunOnceAndInOrder()
    {
        _database.Migrate("things", Table, "INSERT INTO thing VALUES ('second', NULL)");
        _database.Migrate("things", Table, "INSERT INTO thing VALUES ('second', NULL)", "INSERT INTO thing VALUES ('third', 'second')");
        _database.Migrate("others", "CREATE TABLE other (id INTEGER)");
        Names().ShouldBe(["second", "third"]);
    }

    [Fact]
    public void MigrationsDoNotRunAgainAfterReopening()
    {
        _database.Migrate("things", Table, "INSERT INTO thing VALUES ('second', NULL)");
        _database.Dispose();
        _database = Open();
        _database.Migrate("things", Table, "INSERT INTO thing VALUES ('second', NULL)", "INSERT INTO thing VALUES ('third', 'second')");
        Names().ShouldBe(["second", "third"]);
    }

    [Fact]
    public void AMigrationThatFailsLeavesNothingOfItself()
    {
        Should.Throw<SqliteException>(() => _database.Migrate("things", Table, "INSERT INTO thing VALUES ('x', NULL)", "nonsense"));
        Names().ShouldBeEmpty();
        _database.Migrate("things", Table, "INSERT INTO thing VALUES ('y', NULL)");
        Names().ShouldBe(["y"]);
    }

    [Fact]
    public void ReadersSeeOneStateAndDoNotWaitForWriters()
    {
        Insert("a");
        _database.Write(session =>
        {
            session.Execute("INSERT INTO thing VALUES ('b', NULL)");
            Names().ShouldBe(["a"]);
        });
        _database.Read(session =>
        {
            Count(session).ShouldBe(2);
            Insert("c");
            Count(session).ShouldBe(2);
            return 0;
        });
        Names().ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task ManyWritersTakeTurns()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            for (var number = 0; number < 10; number++)
                Insert($"{writer}-{number}");
        })));
        Names().Count.ShouldBe(80);
    }

    [Fact]
    public async Task ReadersBesideManyWritersSeeWholeTransactions()
    {
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var number = 0; number < 10; number++)
            {
                _database.Write(session =>
                {
                    session.Execute("INSERT INTO thing VALUES ($name, NULL)", ("$name", $"{writer}-{number}"));
                    session.Execute("INSERT INTO thing VALUES ($name, $owner)", ("$name", $"{writer}-{number}'s"), ("$owner", $"{writer}-{number}"));
                });
            }
        })));
        var reading = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var counts = new List<long>();
            do
                counts.Add(_database.Read(Count));
            while (!writing.IsCompleted);
            return counts;
        })).ToList();
        await writing;
        foreach (var counts in await Task.WhenAll(reading))
        {
            counts.ShouldAllBe(count => count % 2 == 0);
            counts.ShouldBeInOrder();
        }
        Names().Count.ShouldBe(80);
    }

    [Fact]
    public void ReferencesAreEnforced() =>
        Should.Throw<SqliteException>(() => _database.Write(session => session.Execute("INSERT INTO thing VALUES ('a', 'nobody')")));

    [Fact]
    public void CommitsAreFlushedToAWriteAheadLog()
    {
        _database.Write(session => session.Scalar("PRAGMA journal_mode")).ShouldBe("wal");
        _database.Write(session => session.Scalar("PRAGMA synchronous")).ShouldBe(2L);
    }

    [Fact]
    public void MissingValuesAreNull() => _database.Read(session => session.Scalar("SELECT owner FROM thing WHERE name = $name", ("$name", "nobody"))).ShouldBeNull();

    private static long Count(DatabaseSession session) => (long)session.Scalar("SELECT count(*) FROM thing")!;

    private ControlDatabase Open() => ControlDatabase.Open(Path.Combine(_root, "headrace.db"));

    private void Insert(string name) => _database.Write(session => session.Execute("INSERT INTO thing VALUES ($name, NULL)", ("$name", name)));

    private List<string> Names() => NamesIn(_database);

    private static List<string> NamesIn(ControlDatabase database) => database.Read(session => session.Query("SELECT name FROM thing ORDER BY name", row => row.GetString(0)));
}
