using System.Xml.Linq;

namespace SparsePipeline.Architecture;

/// <summary>The rules of docs/architecture.md, read from the project files.</summary>
public sealed class HouseTests
{
    private static readonly string[] Layers = ["contracts", "core", "infra", "services"];

    [Fact]
    public void References_go_one_way_from_services_to_contracts()
    {
        var wrong = from project in Repository.Projects
                    from reference in project.References
                    where Array.IndexOf(Layers, reference.Layer) > Array.IndexOf(Layers, project.Layer)
                    select $"{project.Name} → {reference.Name}";

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Services_do_not_reference_each_other_but_for_Standalone_and_the_Cli_that_starts_it_and_the_Gateway()
    {
        var wrong = from project in Repository.Projects
                    where project.Layer == "services" && project.Name != "Standalone"
                    from reference in project.References
                    where reference.Layer == "services" && (project.Name, reference.Name) is not (("Cli", "Standalone") or ("Cli", "Gateway"))
                    select $"{project.Name} → {reference.Name}";

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Contracts_reference_no_project_and_no_package()
    {
        var contracts = Repository.Projects.Single(p => p.Name == "Contracts");

        contracts.References.ShouldBeEmpty();
        contracts.Packages.ShouldBeEmpty();
    }

    /// <summary>The command line, services with a web server and nightly jobs draw the same pages: nothing of theirs may be needed for it.</summary>
    [Fact]
    public void Reports_are_built_and_drawn_by_what_knows_contracts_and_plans_only()
    {
        var reporting = Repository.Projects.Single(p => p.Name == "Reporting");

        reporting.Layer.ShouldBe("core");
        reporting.References.Select(r => r.Name).ShouldBe(["Contracts", "Planning"]);
        reporting.Packages.ShouldBeEmpty();
    }

    [Fact]
    public void What_every_service_links_needs_no_libtorch()
    {
        var (linked, open) = (new HashSet<string>(), new Stack<string>(["ServiceHost", "Infrastructure"]));
        while (open.TryPop(out var next))
            if (linked.Add(next))
                foreach (var reference in Repository.Projects.Single(p => p.Name == next).References)
                    open.Push(reference.Name);

        linked.ShouldContain("Reporting");
        linked.ShouldNotContain("Learning");
    }

    /// <summary>
    /// An addition without its factor makes a number of 1 for itself, whose finaliser may free it while libtorch reads it: trainings then fail at random, or add something else.
    /// </summary>
    [Fact]
    public void Tensors_are_added_with_a_factor_that_nothing_frees()
    {
        var bare = from file in Repository.Files("*.cs")
                   where file.StartsWith("core/Learning/", StringComparison.Ordinal)
                   from line in File.ReadLines(Path.Combine(Repository.Root, file))
                   from start in line.IndexesAfter(".add(").Concat(line.IndexesAfter(".add_("))
                   where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && line.ArgumentsFrom(start) < 2
                   select $"{file}: {line.Trim()}";

        bare.ShouldBeEmpty("give KeptScalars.One, or another number that lives on");
    }

    [Fact]
    public void Only_core_Learning_and_executables_know_TorchSharp()
    {
        Repository.SourcesUsing("TorchSharp")
            .Where(file => !file.StartsWith("core/Learning/", StringComparison.Ordinal)
                && !file.StartsWith("services/Runner/", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Only_services_their_host_and_the_bus_and_step_folders_know_MassTransit()
    {
        Repository.SourcesUsing("MassTransit")
            .Where(file => !file.StartsWith("services/", StringComparison.Ordinal)
                && !file.StartsWith("infra/ServiceHost/", StringComparison.Ordinal)
                && !file.StartsWith("infra/Infrastructure/Bus/", StringComparison.Ordinal)
                && !file.StartsWith("infra/Infrastructure/Steps/", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    /// <summary>A claim is a document and who holds it: whoever sweeps, computes or looks uses it alike.</summary>
    [Fact]
    public void Claims_know_neither_the_bus_nor_the_runners_nor_who_computes()
    {
        string[] above = ["MassTransit", .. new[] { "Bus", "Runners", "Hosting", "Collection" }.Select(folder => "SparsePipeline.Infrastructure." + folder)];
        var claims = Repository.Files("*.cs").Where(file => file.StartsWith("infra/Infrastructure/Claims/", StringComparison.Ordinal)).ToList();

        claims.Count.ShouldBeGreaterThan(10);
        above.SelectMany(Repository.SourcesUsing).Intersect(claims).ShouldBeEmpty();
    }

    [Fact]
    public void Namespaces_are_those_of_the_folder_or_of_one_above_and_in_infra_and_services_those_of_the_folder()
    {
        // What runners are asked for belongs to who asks, and the command line's own types to the command line.
        string[] flat = ["infra/Infrastructure/Runners/Jobs", "services/Cli/Invocation"];
        var projects = Repository.ProjectFiles.Where(file => !file.StartsWith("tests/", StringComparison.Ordinal)).ToDictionary(file => Path.GetDirectoryName(file)!);
        var wrong = from file in Repository.Files("*.cs")
                    where !file.StartsWith("tests/", StringComparison.Ordinal)
                    from line in File.ReadLines(Path.Combine(Repository.Root, file))
                    where line.StartsWith("namespace ", StringComparison.Ordinal)
                    let folder = Path.GetDirectoryName(file)!
                    let home = projects.Keys.Where(p => folder == p || folder.StartsWith(p + "/", StringComparison.Ordinal)).MaxBy(p => p.Length)!
                    let full = $"SparsePipeline.{Path.GetFileNameWithoutExtension(projects[home])}{folder[home.Length..].Replace('/', '.')}"
                    let said = line["namespace ".Length..].TrimEnd(';')
                    let whole = home.Split('/')[0] is "infra" or "services" && !flat.Contains(folder)
                    where said != full && (whole || !full.StartsWith(said + ".", StringComparison.Ordinal))
                    select $"{file}: {said}";

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_service_host_and_the_gateway_know_ASP_NET_Core()
    {
        Repository.SourcesUsing("Microsoft.AspNetCore")
            .Where(file => !file.StartsWith("infra/ServiceHost/", StringComparison.Ordinal) && !file.StartsWith("services/Gateway/", StringComparison.Ordinal))
            .ShouldBeEmpty();
        Repository.ProjectFiles.Where(file => !file.StartsWith("tests/", StringComparison.Ordinal)).Where(file => File.ReadAllText(Path.Combine(Repository.Root, file)).Contains("Microsoft.AspNetCore", StringComparison.Ordinal))
            .ShouldBe(["infra/ServiceHost/ServiceHost.csproj", "services/Gateway/Gateway.csproj"], ignoreOrder: true);
    }

    [Fact]
    public void What_embeds_a_worker_needs_no_web_server()
    {
        var configuration = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Standalone.runtimeconfig.json"));

        configuration.ShouldNotContain("Microsoft.AspNetCore.App");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "SparsePipeline.sln")).Replace('\\', '/');

        Repository.ProjectFiles.Where(file => !solution.Contains(file, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_has_a_lock_file()
    {
        Repository.ProjectFiles
            .Where(file => !File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, "packages.lock.json")))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Files_that_people_give_are_asked_for_their_kind_before_their_numbers_are_used()
    {
        // These open what the same operation has written, a resume point, a data file whose tensors have names of their own, or ask for a layout alone.
        string[] own =
        [
            "core/Sparsification/Pruning/Solvers/SolutionFile.cs", "core/Sparsification/Souping/Kitchen.cs", "core/Sparsification/Souping/MaskedAverage.cs", "core/Sparsification/Souping/PolicyMerge.cs",
            "services/Cli/Files/CheckpointOutput.cs", "services/Cli/Files/ExportSource.cs", "services/Cli/Commands/PruneCommand.cs",
            "core/Learning/Loop/ResumePoint.cs", "core/Learning/Data/Tensors/TensorsDataSet.cs",
            "core/Learning/Data/Tensors/VectorsDataSet.cs",
        ];

        Repository.Files("*.cs")
            .Where(file => !file.StartsWith("tests/", StringComparison.Ordinal) && !file.StartsWith("core/Checkpoints/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(Path.Combine(Repository.Root, file)).Contains("StateDict.Open(", StringComparison.Ordinal))
            .Except(own)
            .ShouldBeEmpty("open them with CheckpointFile.Open");
    }

    [Fact]
    public void Packages_are_pinned_in_one_place()
    {
        Repository.ProjectFiles
            .Where(file => XDocument.Load(Path.Combine(Repository.Root, file)).Descendants("PackageReference").Any(p => p.Attribute("Version") is not null))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_bus_library_stays_on_major_8() =>
        typeof(MassTransit.IBus).Assembly.GetName().Version!.Major.ShouldBe(8, "9 has the same package ids and another licence");
}
