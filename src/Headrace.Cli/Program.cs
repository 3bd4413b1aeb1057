using Headrace.Cli.CommandLine;

using var interruption = new Interruption();
interruption.ListenToSignals();
return await CommandLineRunner.RunAsync(args, CommandConsole.OfProcess(interruption));
