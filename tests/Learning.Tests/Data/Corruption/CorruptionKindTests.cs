using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Corruption;

namespace SparsePipeline.Learning.Tests.Data.Corruption;

/// <summary>What is special to each kind, on pictures small enough to work out by hand.</summary>
public sealed class CorruptionKindTests
{
    private static readonly InputShape Square = new(1, 8, 8);

    /// <summary>Kinds that only move light about.</summary>
    public static TheoryData<string> Averages =>
        ["gaussian-blur", "defocus-blur", "motion-blur", "zoom-blur", "pixelate", "rotate", "translate", "elastic", "contrast"];

    [Theory]
    [MemberData(nameof(Averages))]
    public void A_plain_picture_stays_as_it_is_when_light_is_only_moved(string name) =>
        Apply(name, 5, Plain(0.25)).Values.ShouldAllBe(v => Math.Abs(v - 0.25) < 1e-12);

    [Theory]
    [InlineData(8, 0.31)]
    [InlineData(16, 0.35)]
    public void Brightness_adds_a_tenth_first_and_less_to_small_pictures(int side, double expected) =>
        Apply("brightness", 1, new Picture(new InputShape(1, side, side), [.. Enumerable.Repeat(0.25, side * side)])).Values.ShouldAllBe(v => Math.Abs(v - expected) < 1e-12);

    /// <summary>Mean ½; 0.65 of the distance to it stay of a small picture, 0.55 of a larger one.</summary>
    [Fact]
    public void Contrast_draws_black_and_white_together()
    {
        double[] halves = [.. Enumerable.Repeat(0.0, 128), .. Enumerable.Repeat(1.0, 128)];

        Apply("contrast", 2, new Picture(new InputShape(1, 1, 2), [0, 1])).Values.ShouldBe([0.175, 0.825], 1e-12);
        Apply("contrast", 2, new Picture(new InputShape(1, 16, 16), halves)).Values.Distinct().ShouldBe([0.225, 0.775], 1e-12);
    }

    /// <summary>Four pixels of 8, 0, 4, 0 sixteenths become two cells of two.</summary>
    [Fact]
    public void Pixelation_gives_a_cell_the_mean_of_its_pixels() =>
        Apply("pixelate", 4, new Picture(new InputShape(1, 1, 4), [0.5, 0, 0.25, 0])).Values.ShouldBe([0.25, 0.25, 0.125, 0.125]);

    [Theory]
    [InlineData(8, 7, 6, 5, 4, 3)]
    [InlineData(28, 21, 17, 14, 11, 7)]
    public void Every_severity_of_pixelation_leaves_fewer_cells(int side, params int[] cells)
    {
        var row = new Picture(new InputShape(1, side, side), [.. Enumerable.Range(0, side * side).Select(i => (double)(i % side) / side)]);

        Severities.All.Select(s => Apply("pixelate", s, row).Values.Take(side).Distinct().Count()).ShouldBe(cells);
    }

    /// <summary>0.6 of a pixel: the rim has 0.6 + 0.5 − 1 = 0.1 beside the middle's 1, in four directions, so 1 / 1.4 stays.</summary>
    [Fact]
    public void Defocus_spreads_a_point_over_a_disc()
    {
        var blurred = Apply("defocus-blur", 1, Point(4, 4));

        blurred[0, 4, 4].ShouldBe(1 / 1.4, 1e-12);
        blurred[0, 3, 4].ShouldBe(0.1 / 1.4, 1e-12);
        blurred[0, 4, 5].ShouldBe(0.1 / 1.4, 1e-12);
        blurred[0, 3, 3].ShouldBe(0);
    }

    [Fact]
    public void Gaussian_blur_spreads_a_point_equally_in_all_directions_and_loses_nothing()
    {
        var blurred = Apply("gaussian-blur", 2, Point(4, 4));

        blurred.Values.Sum().ShouldBe(1, 1e-12);
        blurred[0, 3, 4].ShouldBe(Math.Exp(-1 / (2 * 0.55 * 0.55)) * blurred[0, 4, 4], 1e-12);
        blurred[0, 4, 5].ShouldBe(blurred[0, 3, 4], 1e-12);
    }

    [Fact]
    public void A_translation_moves_a_point_by_its_share_of_the_side()
    {
        var moved = Apply("translate", 5, Point(4, 4));
        var (y, x) = Centre(moved);

        Math.Sqrt((y - 4) * (y - 4) + (x - 4) * (x - 4)).ShouldBe(0.26 * 8, 0.1);
    }

    /// <summary>A point two and a half pixels from the middle stays as far from it and is turned by 30 degrees.</summary>
    [Fact]
    public void A_rotation_turns_about_the_middle()
    {
        var (y, x) = Centre(Apply("rotate", 4, Point(1, 3)));

        Math.Abs(Math.Atan2(x - 3.5, 3.5 - y) - Math.Atan2(3 - 3.5, 3.5 - 1)).ShouldBe(Math.PI / 6, 0.1);
    }

    [Fact]
    public void Occlusion_is_a_grey_square_and_nothing_else()
    {
        var covered = Apply("occlusion", 3, new Picture(new InputShape(1, 20, 20), [.. Enumerable.Repeat(1.0, 400)]));

        covered.Values.Distinct().Order().ShouldBe([0.5, 1]);
        covered.Values.Count(v => v == 0.5).ShouldBeInRange(16, 81);
    }

    [Fact]
    public void Impulses_are_black_or_white_and_as_many_as_the_severity_says()
    {
        var hit = Apply("impulse-noise", 4, new Picture(new InputShape(1, 100, 100), [.. Enumerable.Repeat(0.5, 10_000)]));

        hit.Values.Distinct().Order().ShouldBe([0, 0.5, 1]);
        hit.Values.Count(v => v == 0).ShouldBeInRange(900, 1100);
        hit.Values.Count(v => v == 1).ShouldBeInRange(900, 1100);
    }

    [Theory]
    [InlineData("gaussian-noise", 0.26)]
    [InlineData("speckle-noise", 0.3)]
    [InlineData("shot-noise", 0.288675)]
    public void Noise_has_mean_0_and_the_deviation_its_formula_says(string name, double deviation)
    {
        var noise = Apply(name, 4, new Picture(new InputShape(1, 100, 100), [.. Enumerable.Repeat(0.5, 10_000)])).Values.Select(v => v - 0.5).ToList();

        noise.Average().ShouldBe(0, 0.015);
        Math.Sqrt(noise.Average(n => n * n)).ShouldBe(deviation, 0.01);
    }

    [Fact]
    public void Black_has_neither_shot_nor_speckle_noise()
    {
        Apply("shot-noise", 5, Plain(0)).Values.ShouldAllBe(v => v == 0);
        Apply("speckle-noise", 5, Plain(0)).Values.ShouldAllBe(v => v == 0);
    }

    /// <summary>255·¼ − 128 = −64.25 has the coefficient 8·−64.25 = −514, in steps of 16 −32.125; −512 / 8 = −64, back at 64/255.</summary>
    [Fact]
    public void Quantisation_rounds_the_mean_of_a_plain_block_to_its_step() =>
        Apply("jpeg", 1, Plain(0.25)).Values.ShouldAllBe(v => Math.Abs(v - 64 / 255.0) < 1e-12);

    [Fact]
    public void Fog_mixes_with_clouds_between_black_and_white()
    {
        var fog = Apply("fog", 3, Plain(0));

        fog.Values.ShouldAllBe(v => v > 0 && v < 0.75 / 1.75);
        fog.Values.Distinct().Count().ShouldBeGreaterThan(32);
    }

    private static Picture Apply(string name, int severity, Picture picture) => Corruptions.Registry.Find(name).Apply(picture, severity, new SeededRandom(5));

    private static Picture Plain(double value) => new(Square, [.. Enumerable.Repeat(value, 64)]);

    private static Picture Point(int y, int x)
    {
        var values = new double[64];
        values[y * 8 + x] = 1;
        return new Picture(Square, values);
    }

    private static (double Y, double X) Centre(Picture picture)
    {
        var light = picture.Values.Sum();
        var places = picture.Values.Select((v, i) => (Value: v, Y: i / 8, X: i % 8)).ToList();
        return (places.Sum(p => p.Value * p.Y) / light, places.Sum(p => p.Value * p.X) / light);
    }
}
