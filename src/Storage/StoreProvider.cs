namespace TeleCube.Storage;

/// <summary>The database that holds everything: one embedded file, or a PostgreSQL server that several nodes share.</summary>
public enum StoreProvider { Sqlite, PostgreSql }
