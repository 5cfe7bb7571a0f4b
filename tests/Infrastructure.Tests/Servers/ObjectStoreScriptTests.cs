using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Servers;

/// <summary>The start of the S3 server with programs in place of Ceph's that fail or never end.</summary>
public sealed class ObjectStoreScriptTests : IDisposable
{
    private const string Hangs = "exec sleep 600";
    private readonly TemporaryFolder _folder = new();

    public ObjectStoreScriptTests() => Directory.CreateDirectory(_folder.File("bin"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_that_never_ends_is_given_up_and_named()
    {
        Ceph(("monmaptool", Hangs));

        (await StartAsync(seconds: 1)).ShouldContain("cannot write the monitor's map: monmaptool had not ended when the 1 s of the start were over");
    }

    [Fact]
    public async Task A_program_that_fails_is_named_with_its_exit_code()
    {
        Ceph(("monmaptool", "exit 3"));

        (await StartAsync(seconds: 240)).ShouldContain("cannot write the monitor's map: monmaptool ended with 3");
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_and_named()
    {
        Ceph(("ceph", Hangs));
        // As if the monitor had been there before, so that nothing has to be made in this second.
        Directory.CreateDirectory(_folder.File("store/mon"));
        File.WriteAllText(_folder.File("store/mon/kv_backend"), "rocksdb");

        (await StartAsync(seconds: 1)).ShouldContain("timed out after 1 s waiting for the monitor");
    }

    private void Ceph((string Name, string Does) program)
    {
        foreach (var name in new[] { "monmaptool", "ceph", "ceph-mon", "ceph-osd", "radosgw" })
        {
            var does = name == program.Name ? program.Does : "exit 0";
            File.WriteAllText(_folder.File("bin/" + name), $"#!/bin/sh\n{does}\n");
            File.SetUnixFileMode(_folder.File("bin/" + name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task<string> StartAsync(int seconds)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = _folder.File("bin") + ":" + Environment.GetEnvironmentVariable("PATH"),
            ["OBJECT_STORE_HOME"] = _folder.File("store"),
            ["OBJECT_STORE_START_SECONDS"] = seconds.ToString(),
        };
        var script = Path.Combine(RepositoryFolder.Path, "infra", "local", "object-store.sh");
        return (await Should.ThrowAsync<InvalidOperationException>(
            () => LocalScript.RunAsync(script, "start", environment, TestContext.Current.CancellationToken))).Message;
    }
}
