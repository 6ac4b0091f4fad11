using System.Globalization;
using System.Text;

namespace TeleCube.Storage.Sqlite;

/// <summary>Keeps a second process off the file: ownership of all shards rests on it. The system releases it with the process, even after a kill -9.</summary>
sealed class SqliteFileLock : IDisposable
{
    readonly FileStream _file;

    SqliteFileLock(FileStream file) => _file = file;

    public static SqliteFileLock Take(string databasePath)
    {
        var path = databasePath + ".lock";
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new(file);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new StoreStartException($"{path} can't be written: {denied.Message}; give the user that runs telecube the directory", denied);
        }
        catch (IOException inUse)
        {
            throw new StoreStartException(
                $"{databasePath} can't be locked, most likely because another telecube{Holder(path)} uses it: end that one, or give this one its own --data directory ({inUse.Message})",
                inUse);
        }
    }

    public void Dispose() => _file.Dispose();

    static string Holder(string path)
    {
        try
        {
            using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return $" (process {file.ReadToEnd()})";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
