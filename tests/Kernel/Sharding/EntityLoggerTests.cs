using Microsoft.Extensions.Logging;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Tests.Sharding;

/// <summary>Each line that is logged of an entity says whose it is, in a scope that structured logs print.</summary>
public sealed class EntityLoggerTests
{
    readonly Lines _log = new();

    [Fact]
    public void A_line_names_the_tenant_and_the_call_and_the_next_of_somebody_else_does_not()
    {
        _log.Of(new EntityId("call", new TenantId("firma"), "c1")).LogWarning("something went wrong");
        _log.LogWarning("so it did");
        Assert.Equal(["something went wrong tenant=firma call=c1", "so it did"], _log.All);
    }

    [Theory]
    [InlineData("/call/firma/c1", " tenant=firma call=c1")]
    [InlineData("sms/firma/a/b", " tenant=firma sms=a/b")]
    [InlineData("/system", "")]
    public void A_path_names_whom_it_leads_to(string path, string scope)
    {
        _log.Of(path).LogWarning("failed");
        Assert.Equal([$"failed{scope}"], _log.All);
    }

    sealed class Lines : ILogger
    {
        readonly LoggerExternalScopeProvider _scopes = new();

        public List<string> All { get; } = [];

        public IDisposable BeginScope<TState>(TState state) where TState : notnull => _scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = formatter(state, exception);
            _scopes.ForEachScope((scope, _) => line += $" {scope}", 0);
            All.Add(line);
        }
    }
}
