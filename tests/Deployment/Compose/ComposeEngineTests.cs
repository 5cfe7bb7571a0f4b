using SparsePipeline.TestKit;

namespace SparsePipeline.Deployment.Compose;

/// <summary>What Docker Compose itself makes of the file. Needs its command, no engine and no image.</summary>
public sealed class ComposeEngineTests
{
    [Fact]
    public async Task Compose_accepts_the_file_once_the_example_is_filled_in()
    {
        await RequireComposeAsync();
        using var folder = new TemporaryFolder();

        var answer = await ConfigAsync(folder, FilledIn(folder.Path));

        answer.ExitCode.ShouldBe(0, answer.Output);
        answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)
            .ShouldBe(ComposeFile.Services.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Compose_refuses_to_start_without_secrets_and_says_what_to_do()
    {
        await RequireComposeAsync();
        using var folder = new TemporaryFolder();

        var answer = await ConfigAsync(folder, FilledIn(folder.Path).Replace($"SECRETS_FOLDER={folder.Path}", "SECRETS_FOLDER=", StringComparison.Ordinal));

        answer.ExitCode.ShouldNotBe(0);
        answer.Output.ShouldContain("infra/docker/secrets.sh");
    }

    private static string FilledIn(string secrets) => Repository.Read(".env.example")
        .Replace("SECRETS_FOLDER=", "SECRETS_FOLDER=" + secrets, StringComparison.Ordinal)
        .Replace("SEQ_ACCEPT_EULA=", "SEQ_ACCEPT_EULA=Y", StringComparison.Ordinal)
        .Replace("SEQ_ADMIN_PASSWORD_HASH=", "SEQ_ADMIN_PASSWORD_HASH='a$b'", StringComparison.Ordinal);

    private static async Task<ShellScript> ConfigAsync(TemporaryFolder folder, string environment)
    {
        var file = folder.File("env");
        await File.WriteAllTextAsync(file, environment, TestContext.Current.CancellationToken);
        return await ShellScript.RunAsync("docker", ["compose", "--env-file", file, "--profile", "*", "config", "--services"]);
    }

    private static async Task RequireComposeAsync()
    {
        var version = await VersionAsync();
        Assert.SkipWhen(version is null, "docker compose is not installed: the file is checked by the other tests, not by Compose itself");
        Assert.SkipWhen(version < new Version(2, 20, 2), $"docker compose {version} is older than the 2.20.2 the file asks for");
    }

    private static async Task<Version?> VersionAsync()
    {
        try
        {
            var answer = await ShellScript.RunAsync("docker", ["compose", "version", "--short"]);
            return answer.ExitCode == 0 && Version.TryParse(answer.Output.Trim().TrimStart('v').Split('-', '+')[0], out var version) ? version : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
