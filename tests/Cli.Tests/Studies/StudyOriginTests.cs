using System.Diagnostics;
using SparsePipeline.Cli.Studies.Origins;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Studies;

/// <summary>In a real repository: which commit a study is judged by.</summary>
public sealed class StudyOriginTests : IDisposable
{
    private const string Study =
        """
        name: tiny
        recipe: ../recipes/small.yaml
        seeds: { tuning: [1], judging: [2, 3] }
        grids:
          - name: main
            axes: { retraining.candidates: [2, 3] }
          - name: rate
            seeds: tuning
            sweep: retraining.epochs
            axes: { retraining.epochs: [1, 2] }
        """;

    private readonly TemporaryFolder _folder = new();

    public StudyOriginTests()
    {
        Directory.CreateDirectory(_folder.File("studies"));
        Directory.CreateDirectory(_folder.File("recipes"));
        SmallRecipe.Write(_folder.File("recipes/small.yaml"));
    }

    private string File => _folder.File("studies/tiny.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_the_first_since_which_claims_seeds_and_grid_are_what_they_are()
    {
        await GitAsync("init", "-q");
        // As studies were written before seeds were told apart: the same seeds judged.
        var first = await CommitAsync(Study.Replace("seeds: { tuning: [1], judging: [2, 3] }", "seeds: [2, 3]", StringComparison.Ordinal).Replace("    seeds: tuning\n", "", StringComparison.Ordinal));
        await CommitAsync(Study);
        await CommitAsync("# A remark, a title and another sweep judge nothing.\n" + Study.Replace("[1, 2]", "[1, 2, 4]", StringComparison.Ordinal) + "\ntitle: Tiny\n");

        (await FindAsync()).Commit.ShouldBe(first);

        var seeds = await CommitAsync(Study.Replace("judging: [2, 3]", "judging: [2, 3, 4]", StringComparison.Ordinal));
        (await FindAsync()).Commit.ShouldBe(seeds);

        var claims = await CommitAsync(await System.IO.File.ReadAllTextAsync(File) + "\nclaims: [beats-imp]\n");
        (await FindAsync()).Commit.ShouldBe(claims);

        var recipe = _folder.File("recipes/small.yaml");
        await System.IO.File.WriteAllTextAsync(recipe, (await System.IO.File.ReadAllTextAsync(recipe)).Replace("epochs: 2", "epochs: 3", StringComparison.Ordinal));
        var longer = await CommitAsync(await System.IO.File.ReadAllTextAsync(File));
        var origin = await FindAsync();
        origin.Commit.ShouldBe(longer, "the recipe says what is run");
        origin.CommittedAt.ShouldBe(new DateTimeOffset(2026, 1, 2, 2, 4, 5, TimeSpan.Zero), "as the commit says, in UTC");
    }

    [Fact]
    public async Task Without_a_commit_that_says_the_same_none_is_named_and_the_reason_is()
    {
        await System.IO.File.WriteAllTextAsync(File, Study);
        (await FindAsync()).Unknown.ShouldBe("no git repository with commits has the study");

        await GitAsync("init", "-q");
        (await FindAsync()).Unknown.ShouldNotBeNull();

        await CommitAsync(Study);
        await System.IO.File.WriteAllTextAsync(File, Study.Replace("judging: [2, 3]", "judging: [2, 4]", StringComparison.Ordinal));
        var changed = await FindAsync();
        changed.Commit.ShouldBeNull();
        changed.Unknown!.ShouldContain("and the change is not committed");
    }

    private async Task<StudyOrigin> FindAsync()
    {
        var reading = StudyReader.ReadFile(File, Cli.Commands.Catalog.Create());
        reading.Errors.ShouldBeEmpty();
        return await StudyOrigins.FindAsync(File, reading.Study!, TestContext.Current.CancellationToken);
    }

    private async Task<string> CommitAsync(string text)
    {
        await System.IO.File.WriteAllTextAsync(File, text);
        await GitAsync("add", "-A");
        await GitAsync("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "x");
        return (await GitAsync("rev-parse", "HEAD")).Trim();
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder.Path, UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["GIT_COMMITTER_DATE"] = "2026-01-02T03:04:05+01:00";
        using var git = Process.Start(start)!;
        var output = await git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        git.ExitCode.ShouldBe(0, string.Join(' ', arguments));
        return output;
    }
}
