using System.Globalization;

namespace TeleCube.Storage.Sqlite;

/// <summary>Keeps a second process off the file: ownership of all shards rests on it. The system releases it with the process, even after
/// a kill -9.</summary>
sealed class SqliteFileLock : IDisposable
{
    readonly FileStream _file;

    SqliteFileLock(FileStream file) => _file = file;

    public static SqliteFileLock Take(string databasePath)
    {
        var path = databasePath + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(databasePath)!);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // Beside the lock, since .NET lets nobody read a file that is locked.
            File.WriteAllText(Holder(databasePath), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(file);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new StoreStartException($"{path} can't be written: give the directory to the user that runs telecube ({denied.Message})", denied);
        }
        catch (IOException inUse)
        {
            throw new StoreStartException(
                $"{databasePath} can't be locked, most likely because another telecube{WhoHolds(databasePath)} uses it: " +
                $"end that one, or give this one its own --data directory ({inUse.Message})", inUse);
        }
    }

    public void Dispose() => _file.Dispose();

    static string Holder(string databasePath) => databasePath + ".pid";

    static string WhoHolds(string databasePath)
    {
        try
        {
            return $" (process {File.ReadAllText(Holder(databasePath))})";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
