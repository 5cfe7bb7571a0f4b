using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.ServiceHost.Tests;

/// <summary>A real service in a process of its own.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private readonly StringBuilder _said = new();
    private readonly Process _process;

    /// <param name="name">Name of the service, as its executable has it.</param>
    /// <param name="settings">Given in the environment, as secrets are.</param>
    /// <param name="args">Command line.</param>
    public ServiceProcess(string name, IReadOnlyDictionary<string, string?> settings, params string[] args)
        : this(name, settings, new Dictionary<string, string>(StringComparer.Ordinal), args)
    {
    }

    /// <param name="name">Name of the service, as its executable has it.</param>
    /// <param name="settings">Given in the environment, as secrets are.</param>
    /// <param name="environment">More of its environment.</param>
    /// <param name="args">Command line.</param>
    public ServiceProcess(string name, IReadOnlyDictionary<string, string?> settings, IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SparsePipeline." + name), args)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Port = FreePort.Next();
        start.Environment["SPARSEPIPELINE_Hosting__HttpPort"] = Port.ToString();
        foreach (var (key, value) in settings)
            start.Environment["SPARSEPIPELINE_" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>Everything it has printed so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Status and body of a page; null when nobody listens yet.</summary>
    public async Task<(HttpStatusCode Status, string Body)?> GetAsync(string path)
    {
        try
        {
            using var response = await _client.GetAsync(new Uri($"http://localhost:{Port}{path}"), Token);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
        }
        catch (HttpRequestException) when (!_process.HasExited)
        {
            return null;
        }
    }

    /// <summary>Waits until it says of itself what the test waits for.</summary>
    public async Task<JsonElement> WaitForReadinessAsync(Func<HttpStatusCode, string, bool> expected)
    {
        while (true)
        {
            if (await GetAsync("/health/ready") is { } answer && expected(answer.Status, answer.Body))
                return JsonSerializer.Deserialize<JsonElement>(answer.Body);
            await Task.Delay(100, Token);
        }
    }

    /// <summary>Waits until it is ready.</summary>
    public Task<JsonElement> WaitUntilReadyAsync() => WaitForReadinessAsync((status, _) => status == HttpStatusCode.OK);

    /// <summary>Waits until it has printed this text.</summary>
    public async Task WaitUntilSaidAsync(string text)
    {
        while (!Said.Contains(text, StringComparison.Ordinal))
            await Task.Delay(100, Token);
    }

    /// <summary>Sends SIGTERM and returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        return await ExitAsync();
    }

    /// <summary>Returns the exit code when it has ended by itself.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        // Waits for the end of its output too, which a process it has left behind may keep open.
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
        _process.Dispose();
        _client.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
            _said.AppendLine(line.Data);
    }
}
