using SparsePipeline.TestKit;

namespace SparsePipeline.Deployment.Compose;

/// <summary>No secret is in the file, in the environment of a container, or known to more than those who need it.</summary>
public sealed class ComposeSecretsTests
{
    private static readonly string[] FilledInByHand = ["SECRETS_FOLDER", "SEQ_ACCEPT_EULA", "SEQ_ADMIN_PASSWORD_HASH"];

    public static TheoryData<string> Programs => [.. Repository.Programs];

    [Fact]
    public void Every_variable_is_documented_and_every_documented_one_is_used() =>
        ComposeFile.Example.Keys.Except(["COMPOSE_PROFILES"], StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ShouldBe(ComposeFile.Variables.Select(v => v.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_variable_of_the_example_has_a_comment()
    {
        var lines = Repository.Read(".env.example").Split('\n');
        var undocumented = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var block = lines[..i].Reverse().TakeWhile(line => line.Length > 0);
            if (lines[i].Contains('=', StringComparison.Ordinal) && lines[i][0] != '#' && !block.Any(line => line[0] == '#'))
                undocumented.Add(lines[i]);
        }

        undocumented.ShouldBeEmpty();
    }

    [Fact]
    public void What_must_be_filled_in_has_no_value_and_compose_refuses_without_it()
    {
        ComposeFile.Example.Where(e => e.Value.Length == 0).Select(e => e.Key).Except(["OTLP_ENDPOINT"], StringComparer.Ordinal).ShouldBe(FilledInByHand);
        foreach (var variable in FilledInByHand)
            ComposeFile.Variables[variable].ShouldContain(use => use.StartsWith(":?", StringComparison.Ordinal) && use.Length > 20, variable);
    }

    [Fact]
    public void The_example_gives_every_other_variable_the_default_of_the_file()
    {
        foreach (var (name, value) in ComposeFile.Example.Where(e => e.Key != "COMPOSE_PROFILES" && !FilledInByHand.Contains(e.Key)))
            ComposeFile.Variables[name].Select(use => use.TrimStart(':')[1..]).Distinct(StringComparer.Ordinal).ShouldBe([value], name);
    }

    [Fact]
    public void Secrets_reach_containers_as_files_alone() => ComposeFile.Services.Keys
        .SelectMany(service => ComposeFile.SettingsOf(service).Keys)
        .Where(key => key.EndsWith("Password", StringComparison.Ordinal) || key.EndsWith("Key", StringComparison.Ordinal))
        .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_service_sees_its_own_secrets_and_no_others(string service)
    {
        var secrets = ComposeFile.SecretsOf(service);
        var settings = ComposeFile.SettingsOf(service);

        secrets.Order(StringComparer.Ordinal).ShouldBe([$"broker-{service}-password", $"store-{service}-access-key", $"store-{service}-secret-key"]);
        settings["RabbitMq:Username"].ShouldBe(service);
        new[] { settings["RabbitMq:PasswordFile"], settings["S3:AccessKeyFile"], settings["S3:SecretKeyFile"] }
            .ShouldBe(secrets.Order(StringComparer.Ordinal).Select(secret => "/run/secrets/" + secret));
    }

    [Fact]
    public async Task The_script_writes_every_secret_that_is_asked_for_and_keeps_those_that_are_there()
    {
        using var folder = new TemporaryFolder();
        var secrets = folder.File("secrets");

        (await ShellScript.RunAsync(Repository.File("infra/docker/secrets.sh"), [secrets])).ExitCode.ShouldBe(0);
        var before = Contents(secrets);
        (await ShellScript.RunAsync(Repository.File("infra/docker/secrets.sh"), [secrets])).ExitCode.ShouldBe(0);

        before.Keys.ShouldBe(
            ComposeFile.Content.MapAt("secrets").Values.Select(secret => secret.TextAt("file")!.Split('/')[^1]).Order(StringComparer.Ordinal));
        Contents(secrets).ShouldBe(before);
        File.GetUnixFileMode(secrets).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        before.Where(file => file.Key.EndsWith("password", StringComparison.Ordinal)).Select(file => file.Value).ShouldBeUnique();
        before.Where(file => file.Key.EndsWith("password", StringComparison.Ordinal)).ShouldAllBe(file => file.Value.Trim().Length >= 32);
    }

    private static SortedDictionary<string, string> Contents(string folder) =>
        new(Directory.EnumerateFiles(folder).ToDictionary(f => Path.GetFileName(f), File.ReadAllText, StringComparer.Ordinal), StringComparer.Ordinal);
}
