"""Now, under the foot: a button that stops and goes on, a light and a buzzer."""
