using System.Globalization;
using Microsoft.Data.Sqlite;

namespace TeleCube.Storage.Sqlite;

/// <summary>Takes the node's place in the file: its row, its endpoints, and every shard under a new epoch.</summary>
static class SqliteTakeover
{
    public static long[] Take(SqliteConnection connection, StoreOptions options)
    {
        using var node = new SqliteStatement(connection,
            """
            INSERT INTO node (id, incarnation, level, expires_at) VALUES (?1, 1, ?2, 9223372036854775807)
            ON CONFLICT DO UPDATE SET incarnation = incarnation + 1, level = excluded.level, draining = 0
            """);
        node.Execute(options.NodeId, options.Level);
        connection.Execute("DELETE FROM endpoint");
        using var endpoint = new SqliteStatement(connection, "INSERT INTO endpoint VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        foreach (var at in options.Endpoints) endpoint.Execute(options.NodeId, at.Purpose, at.Transport, at.Bind, at.Advertise, at.Network);
        using var shards = new SqliteStatement(connection, "UPDATE shard SET owner = ?1, epoch = epoch + 1");
        shards.Execute(options.NodeId);
        return [.. connection.Strings("SELECT epoch FROM shard ORDER BY number").Select(epoch => long.Parse(epoch, CultureInfo.InvariantCulture))];
    }
}
