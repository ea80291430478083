"""The simulated foot on the simulated pad; model, parameters and limits in docs/simulator.md."""
