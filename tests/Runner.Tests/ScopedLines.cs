using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SparsePipeline.Runner.Tests;

/// <summary>Log lines with the run and the step they were written for.</summary>
internal sealed class ScopedLines : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<(string Line, string Scope)> _lines = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    private IReadOnlyList<string> ScopesOf(string text) => [.. _lines.Where(l => l.Line.Contains(text, StringComparison.Ordinal)).Select(l => l.Scope)];

    /// <summary>Waits for that many lines that contain the text, and returns their scopes.</summary>
    public async Task<IReadOnlyList<string>> WaitForScopesAsync(string text, int count)
    {
        while (ScopesOf(text).Count < count)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        return ScopesOf(text);
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(ScopedLines lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => lines._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scope = new List<string>();
            lines._scopes.ForEachScope((s, all) => all.Add(Text(s)), scope);
            lines._lines.Enqueue((formatter(state, exception), string.Join(' ', scope)));
        }

        private static string Text(object? scope) => scope is IEnumerable<KeyValuePair<string, object>> pairs
            ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}"))
            : "";
    }
}
